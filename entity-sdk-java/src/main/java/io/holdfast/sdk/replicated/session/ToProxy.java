// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.replicated.session;

import io.holdfast.protocol.crdt.CrdtStreamOut;

/** The way back to the proxy. */
public interface ToProxy {

  void send(CrdtStreamOut message);

  /** Ends the stream. Nothing may be sent afterwards. */
  void end();
}
