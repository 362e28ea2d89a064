// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.session;

import io.holdfast.protocol.Failure;

/** The way back to the proxy. */
public interface ToProxy {

  /** Answers a command. */
  void reply(CommandReply reply);

  /** Says why the stream is about to end. */
  void fail(Failure failure);

  /** Ends the stream. Nothing may be sent afterwards. */
  void end();
}
