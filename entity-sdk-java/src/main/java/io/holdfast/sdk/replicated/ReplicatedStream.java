// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.replicated;

import io.holdfast.sdk.Answer;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.crdt.Crdt;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * How a command is answered whose rpc streams. Made by the methods of {@link ReplicatedEntity}.
 * Immutable: each method here gives another.
 *
 * @param <S> the state
 * @param <R> the messages
 */
public final class ReplicatedStream<S extends Crdt, R> {

  private final ReplicatedEffect<R> first;
  private final Optional<Subscription<S, R>> subscription;

  /**
   * What happens while the client's stream is open.
   *
   * @param onChange asked whenever the state has changed
   * @param onCancel told when the client has gone
   * @param cancelWrites how many nodes must have what {@code onCancel} changes
   */
  public record Subscription<S extends Crdt, R>(
      Function<? super S, Next<R>> onChange,
      Consumer<? super S> onCancel,
      WriteConsistency cancelWrites) {
    public Subscription {
      Objects.requireNonNull(onChange, "onChange");
      Objects.requireNonNull(onCancel, "onCancel");
      Objects.requireNonNull(cancelWrites, "cancelWrites");
    }
  }

  private ReplicatedStream(ReplicatedEffect<R> first, Optional<Subscription<S, R>> subscription) {
    this.first = Objects.requireNonNull(first, "first");
    this.subscription = subscription;
  }

  static <S extends Crdt, R> ReplicatedStream<S, R> of(ReplicatedEffect<R> first) {
    Next<R> silence = Next.of(silence());
    return new ReplicatedStream<>(
        first,
        Optional.of(new Subscription<S, R>(state -> silence, state -> {}, WriteConsistency.LOCAL)));
  }

  /** No message. */
  static <R> ReadOnlyEffect<R> silence() {
    return new ReadOnlyEffect.Answered<>(new Answer.Nothing<>(Metadata.empty()), List.of());
  }

  static <S extends Crdt, R> ReplicatedStream<S, R> once(ReplicatedEffect<R> only) {
    return new ReplicatedStream<>(only, Optional.empty());
  }

  /**
   * Asks for the next message whenever the state has changed, by this node's handlers or by others,
   * but not for what the command that opens the stream changes itself. Several changes may be one
   * by the time it is asked. It must not change the state; if it does, or throws, the stream fails.
   */
  public ReplicatedStream<S, R> onChange(Function<? super S, Next<R>> onChange) {
    return with(before -> new Subscription<>(onChange, before.onCancel(), before.cancelWrites()));
  }

  /**
   * Has that run, which may change the state, when the client has gone, or the function shuts down;
   * not when the function has ended the stream. It is in memory: when the function dies, or its
   * node, or the entity's stream to the function is given up because it took too long, say, it does
   * not run any more.
   */
  public ReplicatedStream<S, R> onCancel(Consumer<? super S> onCancel) {
    return onCancel(onCancel, WriteConsistency.LOCAL);
  }

  /** The same, with what it changes on so many nodes. */
  public ReplicatedStream<S, R> onCancel(Consumer<? super S> onCancel, WriteConsistency writes) {
    return with(before -> new Subscription<>(before.onChange(), onCancel, writes));
  }

  private ReplicatedStream<S, R> with(Function<Subscription<S, R>, Subscription<S, R>> change) {
    if (subscription.isEmpty()) {
      throw new IllegalStateException("a stream that ends at once changes and ends no more");
    }
    return new ReplicatedStream<>(first, subscription.map(change));
  }

  /** What the client gets first. */
  public ReplicatedEffect<R> first() {
    return first;
  }

  /** What happens afterwards; empty if nothing does. */
  public Optional<Subscription<S, R>> subscription() {
    return subscription;
  }
}
