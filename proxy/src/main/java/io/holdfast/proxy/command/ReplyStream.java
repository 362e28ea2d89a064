// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.command;

/**
 * Takes the replies to one streamed command, in their order. Called by one thread at a time; never
 * blocks. After {@link #end} or {@link #fail} further calls are ignored, as they are once nobody
 * waits any more.
 */
public interface ReplyStream {

  /**
   * One more reply. It is queued when the stream is not {@link #ready}: who goes on nevertheless
   * lets a slow reader grow memory. The first reply's metadata become response headers; that of
   * further ones is dropped, since it has nowhere to go.
   */
  void next(Outcome.Replied reply);

  /** There are no more replies, and all went well. */
  void end();

  /** There are no more replies, since something did not go well. */
  void fail(Failure failure);

  /** Whether a reply would soon be on its way to the client. */
  boolean ready();

  /**
   * Has {@code action} called, on any thread, each time the stream is ready again after it was not.
   * At most one action, set before the first reply.
   */
  void whenReady(Runnable action);

  /** Whether nobody waits for replies any more. */
  boolean abandoned();

  /**
   * Has {@code action} called, on any thread and perhaps twice, when nobody waits any more though
   * the stream had not ended. At most one action.
   */
  void whenAbandoned(Runnable action);
}
