// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import com.google.protobuf.Message;
import io.holdfast.sdk.crdt.Crdt;
import io.holdfast.sdk.crdt.Replica;
import io.holdfast.sdk.replicated.ReplicatedEntity;
import io.holdfast.sdk.replicated.ReplicatedStream.Subscription;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A client's stream of a replicated entity: what it got first, and what it gets when something
 * happens. Immutable, so that several things may happen to one.
 *
 * @param <T> the entity
 * @param <S> its state
 * @param <R> the messages
 */
public final class StreamedResult<
    T extends ReplicatedEntity<S>, S extends Crdt, R extends Message> {

  private final ReplicatedResult<T, S, R> first;
  private final Optional<Subscription<S, R>> subscription;
  private final ReplicatedEntityTest<T, S> entity;

  StreamedResult(
      ReplicatedResult<T, S, R> first,
      Optional<Subscription<S, R>> subscription,
      ReplicatedEntityTest<T, S> entity) {
    this.first = first;
    this.subscription = subscription;
    this.entity = entity;
  }

  /** What came of the command that opened it. */
  public ReplicatedResult<T, S, R> first() {
    return first;
  }

  /** Whether the client waits for more. */
  public boolean isOpen() {
    return subscription.isPresent();
  }

  /** The state; a copy. */
  public S state() {
    return entity.state();
  }

  /**
   * What the client gets once somebody has made that change.
   *
   * @throws AssertionError if the stream has ended
   */
  public Next<T, S, R> whenChanged(Consumer<? super S> change) {
    var changed = entity.given(change);
    var state = new Replica<>(changed.state());
    var open = open();
    var next =
        Objects.requireNonNull(open.onChange().apply(state.state()), "onChange returned null");
    if (state.changes().isPresent()) {
      throw new AssertionError("onChange must not change the state, but it did: " + state.state());
    }
    var rest = next.ends() ? Optional.<Subscription<S, R>>empty() : subscription;
    return new Next<>(
        Ending.of(next.effect()), next.ends(), new StreamedResult<>(first, rest, changed));
  }

  /**
   * The entity after the client has gone.
   *
   * @throws AssertionError if the stream has ended
   */
  public ReplicatedEntityTest<T, S> whenCancelled() {
    return entity.given(open().onCancel());
  }

  private Subscription<S, R> open() {
    return subscription.orElseThrow(() -> new AssertionError("the stream has ended"));
  }

  /**
   * What came next.
   *
   * @param <T> the entity
   * @param <S> its state
   * @param <R> the message
   */
  public static final class Next<T extends ReplicatedEntity<S>, S extends Crdt, R extends Message>
      extends Outcome<R> {

    private final boolean ended;
    private final StreamedResult<T, S, R> after;

    private Next(Ending<R> ending, boolean ended, StreamedResult<T, S, R> after) {
      super(ending);
      this.ended = ended;
      this.after = after;
    }

    /** Whether the stream has ended with it. */
    public boolean isEnd() {
      return ended;
    }

    /** The stream afterwards. */
    public StreamedResult<T, S, R> then() {
      return after;
    }

    @Override
    public String toString() {
      return text() + (ended ? ", ended" : "");
    }
  }
}
