// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.wire;

import io.holdfast.crdt.Content.Typed;
import io.holdfast.crdt.ReplicatedState;
import io.holdfast.crdt.causal.CausalContext;
import io.holdfast.crdt.causal.ReplicaId;
import io.holdfast.crdt.causal.Unchanged;
import io.holdfast.crdt.store.Kind;
import io.holdfast.crdt.store.Store;
import io.holdfast.protocol.crdt.CrdtDelta;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one function has of an entity: all that it was told and all that it has said. Immutable.
 *
 * <p>It must be the only one that writes as its replica, and start from a state with everything
 * that the replica ever wrote: dots would get a second meaning otherwise.
 */
public final class FunctionView {

  // What the function's own changes are made on. It differs from what the function believes only by
  // changes that came to nothing: writes to registers where what stood there is newer, and what was
  // not made at all.
  private final ReplicatedState seen;
  private final ReplicatedState believed;
  private final Voters voters;

  private FunctionView(ReplicatedState seen, ReplicatedState believed, Voters voters) {
    this.seen = seen;
    this.believed = believed;
    this.voters = voters;
  }

  /** Of a function that {@link #everything} was sent. The state must not be deleted. */
  public static FunctionView of(ReplicatedState state, Voters voters) {
    if (state.isDeleted()) {
      throw new IllegalArgumentException("nobody sees a deleted entity");
    }
    return new FunctionView(state, state, voters);
  }

  /** The state as a change from nothing; empty when nobody has written yet. */
  public Optional<CrdtDelta> everything() {
    return seen.typed().map(typed -> ToFunction.everything(typed.kind(), typed.store(), voters));
  }

  /** The state as the function's changes are made on it. */
  public ReplicatedState state() {
    return seen;
  }

  /**
   * What a change that the function has made of what it has means for every replica: it removes and
   * replaces what the function knows of, and nothing else.
   *
   * @param wallMillis the time, for registers
   * @throws InvalidDeltaException when the function must not do that
   */
  public Mutation mutate(CrdtDelta asked, LongSupplier wallMillis) throws InvalidDeltaException {
    var onSeen = new FromFunction(writing(seen), RegisterClock.chosen(wallMillis));
    ReplicatedState change = change(onSeen, seen, asked);
    ReplicatedState now = seen.mergeData(change);
    if (!onSeen.overruled() && Unchanged.same(seen, believed)) {
      return new Mutation(change, new FunctionView(now, now, voters));
    }
    var onBelieved = new FromFunction(writing(believed), RegisterClock.believed());
    return new Mutation(
        change,
        new FunctionView(now, believed.mergeData(change(onBelieved, believed, asked)), voters));
  }

  /**
   * The same, when a change that came of {@link #mutate} is not made. The function believes that it
   * was, until it is told the news.
   */
  public FunctionView without(Mutation refused) {
    return new FunctionView(seen, refused.view().believed, voters);
  }

  private static ReplicatedState change(FromFunction with, ReplicatedState on, CrdtDelta asked)
      throws InvalidDeltaException {
    Kind kind = Kinds.of(asked);
    @Nullable Typed stood = on.typed().orElse(null);
    if (stood != null && stood.kind() != kind) {
      throw new InvalidDeltaException(
          "changed an entity that is " + stood.kind().words() + " as " + kind.words());
    }
    Store written = with.change(kind, stood == null ? kind.empty() : stood.store(), asked);
    return ReplicatedState.of(new Typed(kind, written, with.touched()));
  }

  private Writing writing(ReplicatedState on) {
    ReplicaId self = voters.self();
    return new Writing(self, on.typed().map(Typed::context).orElse(CausalContext.NOTHING));
  }

  /**
   * What leads the function from what it has to {@code current}. Its own changes that are not in
   * there yet count as if they were.
   */
  public News news(ReplicatedState current, Voters currentVoters) {
    ReplicatedState target = forget(seen, current).mergeData(current);
    if (target.isDeleted()) {
      return News.Deleted.DELETED;
    }
    if (Unchanged.same(believed, target) && voters.equals(currentVoters)) {
      return new News.None(this);
    }
    @Nullable Typed to = target.typed().orElse(null);
    @Nullable Typed from = believed.typed().orElse(null);
    var view = of(target, currentVoters);
    if (from == null) {
      return to == null
          ? new News.None(this)
          : new News.Changed(ToFunction.everything(to.kind(), to.store(), currentVoters), view);
    }
    if (to != null && from.kind() != to.kind()) {
      return News.StartAnew.START_ANEW;
    }
    // Nobody has written yet when the first change of all was not made.
    Store towards = to == null ? from.kind().empty() : to.store();
    try {
      return new Span(voters, currentVoters)
          .between(from.kind(), from.store(), towards)
          .<News>map(delta -> new News.Changed(delta, view))
          .orElseGet(() -> new News.None(view));
    } catch (NoWayException e) {
      return News.StartAnew.START_ANEW;
    }
  }

  // A replica that the current state does not know of any more has left, and another one wrote anew
  // what it had written. Only what this one has written may be too new for the current state.
  private ReplicatedState forget(ReplicatedState state, ReplicatedState current) {
    var known = current.typed().map(typed -> typed.context().seen()).orElseGet(TreeMap::new);
    Predicate<ReplicaId> left =
        replica -> !replica.equals(voters.self()) && !known.containsKey(replica);
    return state
        .typed()
        .filter(typed -> typed.context().seen().keySet().stream().anyMatch(left))
        .map(typed -> state.without(left))
        .orElse(state);
  }
}
