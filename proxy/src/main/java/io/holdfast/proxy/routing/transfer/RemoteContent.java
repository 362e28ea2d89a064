// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing.transfer;

import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.entity.PendingContent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Payload and metadata of a command that has come without them. */
public final class RemoteContent implements PendingContent {

  private final Reference reference;
  private final Supplier<Transfers> transfers;
  private @Nullable Fetch fetch;
  private boolean released;

  public RemoteContent(Reference reference, Supplier<Transfers> transfers) {
    this.reference = reference;
    this.transfers = transfers;
  }

  /** Where they are. */
  public Reference reference() {
    return reference;
  }

  @Override
  public String node() {
    return reference.node();
  }

  @Override
  public synchronized CompletionStage<Command> fetch(Command without) {
    if (released || fetch != null) {
      return CompletableFuture.failedStage(new FetchFailedException("nobody waits for it"));
    }
    Fetch begun = transfers.get().fetch(reference, Fetch.Of.COMMAND);
    fetch = begun;
    return begun
        .arrived()
        .thenApply(
            content ->
                new Command(
                    without.entity(),
                    without.method(),
                    content.getPayload(),
                    content.getMetadata(),
                    without.deadline(),
                    without.hops()));
  }

  /** The function has them by now, or the command has ended: no room is kept for them. */
  public synchronized void release() {
    released = true;
    Fetch begun = fetch;
    if (begun != null) {
      begun.end();
    }
  }
}
