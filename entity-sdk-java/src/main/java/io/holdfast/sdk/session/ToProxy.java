// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.session;

import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;

/** The way back to the proxy. */
public interface ToProxy {

  void send(EventSourcedStreamOut message);

  /** Ends the stream. Nothing may be sent afterwards. */
  void end();
}
