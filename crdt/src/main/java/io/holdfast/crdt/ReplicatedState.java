// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt;

import akka.cluster.UniqueAddress;
import akka.cluster.ddata.AbstractDeltaReplicatedData;
import akka.cluster.ddata.RemovedNodePruning;
import akka.cluster.ddata.ReplicatedDelta;
import akka.japi.Util;
import io.holdfast.crdt.Content.Deleted;
import io.holdfast.crdt.Content.Typed;
import io.holdfast.crdt.Content.Untouched;
import io.holdfast.crdt.causal.Inheritance;
import io.holdfast.crdt.causal.ReplicaId;
import io.holdfast.crdt.causal.Unchanged;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The state of one entity, or a change of it: the two are the same kind of thing, and a change is
 * applied by merging it. Immutable. Merging is commutative, associative and idempotent, and never
 * fails.
 *
 * <p>As Akka wants it, a state that was changed remembers the change until {@link #resetDelta}.
 */
public final class ReplicatedState
    extends AbstractDeltaReplicatedData<ReplicatedState, ReplicatedState>
    implements ReplicatedDelta, RemovedNodePruning {

  /** Nobody has written yet. */
  public static final ReplicatedState EMPTY = new ReplicatedState(Untouched.UNTOUCHED);

  /** Gone for good: stays so whatever is merged. */
  public static final ReplicatedState DELETED = new ReplicatedState(Deleted.DELETED);

  private final Content content;
  private final @Nullable ReplicatedState delta;

  // Akka merges a changed state into the one that it was made from. That is the changed state
  // again, which need not be worked out a second time.
  private final @Nullable ReplicatedState madeFrom;

  private ReplicatedState(Content content) {
    this(content, null, null);
  }

  private ReplicatedState(
      Content content, @Nullable ReplicatedState delta, @Nullable ReplicatedState madeFrom) {
    this.content = content;
    this.delta = delta;
    this.madeFrom = madeFrom;
  }

  /** A state of that content. */
  public static ReplicatedState of(Content content) {
    return new ReplicatedState(content);
  }

  public Content content() {
    return content;
  }

  /** Its data; nothing before the first write and after a deletion. */
  public Optional<Typed> typed() {
    return content instanceof Typed typed ? Optional.of(typed) : Optional.empty();
  }

  public boolean isDeleted() {
    return content.equals(Deleted.DELETED);
  }

  /** This state with {@code change} merged, which it remembers as what it was changed by. */
  public ReplicatedState changedBy(ReplicatedState change) {
    return new ReplicatedState(content.join(change.content), change, this);
  }

  @Override
  public ReplicatedState mergeData(ReplicatedState other) {
    if (other.madeFrom != null && Unchanged.same(this, other.madeFrom)) {
      return new ReplicatedState(other.content);
    }
    Content joined = content.join(other.content);
    return Unchanged.same(content, joined) ? this : new ReplicatedState(joined);
  }

  @Override
  public ReplicatedState mergeDeltaData(ReplicatedState change) {
    return mergeData(change);
  }

  @Override
  public Optional<ReplicatedState> deltaData() {
    return Optional.ofNullable(delta);
  }

  @Override
  public ReplicatedState resetDelta() {
    return delta == null ? this : new ReplicatedState(content, null, madeFrom);
  }

  @Override
  public ReplicatedState zero() {
    return EMPTY;
  }

  @Override
  public scala.collection.immutable.Set<UniqueAddress> modifiedByNodes() {
    var nodes =
        typed().stream()
            .flatMap(typed -> typed.context().seen().keySet().stream())
            .map(ReplicaId::node)
            .toList();
    return Util.immutableSeq(nodes).toSet();
  }

  @Override
  public boolean needPruningFrom(UniqueAddress removed) {
    ReplicaId left = ReplicaId.of(removed);
    return typed()
        .filter(typed -> typed.context().seen().keySet().stream().anyMatch(left::isBeside))
        .isPresent();
  }

  /** What the removed node wrote is taken over by the other, and its votes are dropped. */
  @Override
  public ReplicatedState prune(UniqueAddress removed, UniqueAddress collapseInto) {
    return typed()
        .map(
            typed -> {
              var inheritance = new Inheritance(removed, collapseInto, typed.context());
              var inherited = typed.store().inherit(inheritance);
              return of(new Typed(typed.kind(), inherited, inheritance.context()));
            })
        .orElse(this);
  }

  /** What the removed node wrote is forgotten: the node that took it over brings it again. */
  @Override
  public ReplicatedState pruningCleanup(UniqueAddress removed) {
    return without(ReplicaId.of(removed)::isBeside);
  }

  /** As if the replicas that {@code left} holds for had never been. */
  public ReplicatedState without(Predicate<ReplicaId> left) {
    return typed()
        .map(
            typed ->
                of(
                    new Typed(
                        typed.kind(), typed.store().without(left), typed.context().without(left))))
        .orElse(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ReplicatedState that && content.equals(that.content);
  }

  @Override
  public int hashCode() {
    return content.hashCode();
  }

  @Override
  public String toString() {
    return content.toString();
  }
}
