// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.entity.onward.Ending;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A write that is under way, and what waits for it. */
final class Written {

  private final Command cause;
  private final CompletableFuture<Optional<Failure>> end = new CompletableFuture<>();

  /**
   * @param cause the command whose answer asked for it
   */
  Written(Command cause) {
    this.cause = cause;
  }

  /** What happens once the write is done. It is the failure instead when that is not. */
  Ending then(Ending ending) {
    return replyTo -> {
      var unused =
          end.thenAccept(
              failure ->
                  failure.ifPresentOrElse(
                      why -> replyTo.complete(new Outcome.Failed(why)),
                      () -> ending.carryOut(replyTo)));
    };
  }

  void succeeded() {
    end.complete(Optional.empty());
  }

  /** Completes the sentence "the write …". */
  void failed(String why) {
    end.complete(
        Optional.of(
            Failure.of(
                Failure.Code.INDETERMINATE,
                cause.entity() + " " + cause.method().name() + ": the write " + why)));
  }
}
