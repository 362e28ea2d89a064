// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import akka.actor.ActorRef;
import com.google.protobuf.ByteString;
import io.holdfast.cluster.v1.RoutedContent;
import io.holdfast.proxy.cluster.ClusterNode;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.routing.transfer.Contents;
import io.holdfast.proxy.routing.transfer.Transfers;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What becomes of outcomes that are too large for a message between nodes. */
final class LargeOutcomes {

  private static final int DETAIL_CHARACTERS_MAX = 10_000;

  private final @Nullable Supplier<Transfers> transfers;

  private LargeOutcomes(@Nullable Supplier<Transfers> transfers) {
    this.transfers = transfers;
  }

  /** The node that waits fetches them. */
  static LargeOutcomes fetched(Supplier<Transfers> transfers) {
    return new LargeOutcomes(transfers);
  }

  /** The node that waits is of an older release, which does not. */
  static LargeOutcomes refused() {
    return new LargeOutcomes(null);
  }

  boolean fetched() {
    return transfers != null;
  }

  /** Whether a message has room for it. */
  static boolean fits(Outcome outcome) {
    return size(outcome) <= Transfers.MESSAGE_BYTES_MAX;
  }

  private static long size(Outcome outcome) {
    if (outcome instanceof Outcome.Replied replied) {
      return (long) replied.payload().size() + replied.metadata().getSerializedSize();
    }
    // A character takes three bytes at most; one that takes four counts as two.
    return 3L * ((Outcome.Failed) outcome).failure().detail().length();
  }

  /** What is said to the node that waits, of an outcome that does not fit. */
  Object answer(ActorRef receiver, long correlation, Outcome outcome) {
    if (transfers == null) {
      return new RemoteOutcome(correlation, cut(receiver, outcome));
    }
    return transfers
        .get()
        .holdFor(receiver.path().address(), content(outcome))
        .<Object>map(held -> new RemoteHeldOutcome(correlation, held))
        .orElseGet(
            () ->
                new RemoteOutcome(
                    correlation,
                    lost(outcome, "the node that has it holds too many others of that size")));
  }

  private static ByteString content(Outcome outcome) {
    return outcome instanceof Outcome.Replied replied
        ? Contents.of(replied.payload(), replied.metadata())
        : Contents.of(Failures.routed(((Outcome.Failed) outcome).failure()));
  }

  /** The outcome that was fetched. */
  static Outcome outcome(RoutedContent content) {
    return content.hasFailure()
        ? new Outcome.Failed(Failures.failure(content.getFailure()))
        : new Outcome.Replied(content.getPayload(), content.getMetadata());
  }

  private static Outcome cut(ActorRef receiver, Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      Failure failure = failed.failure();
      return new Outcome.Failed(
          new Failure(
              failure.code(),
              failure.status(),
              failure.detail().substring(0, DETAIL_CHARACTERS_MAX) + "…"));
    }
    return lost(
        outcome,
        "node "
            + ClusterNode.name(receiver.path().address())
            + ", where the command came in, is of an older release, which takes none of that size");
  }

  private static Outcome lost(Outcome outcome, String why) {
    return Outcome.failed(
        Failure.Code.INDETERMINATE,
        "its reply of " + size(outcome) + " bytes is lost: " + why + "; the outcome is unknown");
  }
}
