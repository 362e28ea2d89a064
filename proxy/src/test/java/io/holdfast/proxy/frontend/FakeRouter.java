// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import com.google.protobuf.Message;
import io.holdfast.protocol.Metadata;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.CommandRouter;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Hands every command to the test, or answers it as the test said before. */
public final class FakeRouter implements CommandRouter {

  private static final long PATIENCE_SECONDS = 10;

  /** A command and the client that waits for its outcome. */
  public record Routed(Command command, ReplyTo replyTo) {}

  private final BlockingQueue<Routed> routed = new LinkedBlockingQueue<>();
  private volatile CommandRouter answer = (command, replyTo) -> {};

  @Override
  public void route(Command command, ReplyTo replyTo) {
    routed.add(new Routed(command, replyTo));
    answer.route(command, replyTo);
  }

  /** Forgets what came, and answers nothing any more. */
  void reset() {
    routed.clear();
    answer = (command, replyTo) -> {};
  }

  /** From now on, every command gets this reply. */
  public void reply(Message message) {
    reply(message, Metadata.getDefaultInstance());
  }

  public void reply(Message message, Metadata metadata) {
    var outcome = new Outcome.Replied(message.toByteString(), metadata);
    answer = (command, replyTo) -> replyTo.complete(outcome);
  }

  /** From now on, every command fails like this. */
  public void fail(Failure failure) {
    answer = (command, replyTo) -> replyTo.complete(new Outcome.Failed(failure));
  }

  /** From now on, every command is answered by {@code router}. */
  public void answer(CommandRouter router) {
    answer = router;
  }

  /** The next command, once it has come. */
  public Routed next() {
    try {
      var next = routed.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("no command came");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public boolean sawNothing() {
    return routed.isEmpty();
  }
}
