// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.replicated;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.holdfast.sdk.Answer;
import io.holdfast.sdk.Call;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.crdt.Crdt;
import java.util.List;

/**
 * An entity whose state is replicated. Its handlers are ordinary methods of the implementing class,
 * named in {@link Replicated}; they take the state and the command, change the state in place, and
 * return an effect, best made by the methods here. The changes of a handler that refuses or throws
 * are taken back.
 *
 * <p>Keep no state in fields, but for what concerns the clients' streams that are open: one object
 * serves one activated entity, one call at a time, and its streams end with it at the latest.
 *
 * @param <S> the state
 */
public interface ReplicatedEntity<S extends Crdt> {

  /** The state as long as nobody has written: a new object each time, as it is made. */
  S emptyState();

  /** Answers. */
  default <R> ReplicatedEffect<R> reply(R message) {
    return ReplicatedEffect.of(
        new ReadOnlyEffect.Answered<>(new Answer.Reply<>(message, Metadata.empty()), List.of()));
  }

  /**
   * Turns the command down: the client's call ends with this status and message.
   *
   * @throws IllegalArgumentException if the code is OK
   */
  default <R> ReplicatedEffect<R> refuse(Status.Code code, String message) {
    return ReplicatedEffect.of(new ReadOnlyEffect.Refuse<>(code, message));
  }

  /** Says nothing. The client gets an empty message. */
  default ReplicatedEffect<Empty> nothing() {
    return ReplicatedEffect.of(
        new ReadOnlyEffect.Answered<>(new Answer.Nothing<>(Metadata.empty()), List.of()));
  }

  /**
   * Hands the command on: whatever comes of that message at that rpc is what the client gets.
   *
   * @param rpc one that replies what this command's rpc replies
   * @throws IllegalArgumentException if the rpc streams
   */
  default <C extends Message, R> ReplicatedEffect<R> forward(
      MethodDescriptor<C, R> rpc, C message) {
    return ReplicatedEffect.of(
        new ReadOnlyEffect.Answered<>(new Answer.Forward<>(Call.of(rpc, message)), List.of()));
  }

  /**
   * Deletes the entity on every node and for good, then answers: its id can never be used again.
   * Whatever others write at the same time is lost.
   */
  default ReplicatedEffect.Deletion delete() {
    return ReplicatedEffect.Deletion.DELETION;
  }

  /**
   * Streams to the client: first this, then what is said with {@link ReplicatedStream#onChange}.
   */
  default <R> ReplicatedStream<S, R> stream(ReplicatedEffect<R> first) {
    return ReplicatedStream.of(first);
  }

  /** Streams to the client: nothing at first. */
  default <R> ReplicatedStream<S, R> stream() {
    return ReplicatedStream.of(ReplicatedEffect.of(ReplicatedStream.<R>silence()));
  }

  /** Says this to the client of a stream, and that is all: the stream ends. */
  default <R> ReplicatedStream<S, R> once(ReplicatedEffect<R> only) {
    return ReplicatedStream.once(only);
  }

  /** A message on a stream. */
  default <R> Next<R> send(R message) {
    return Next.of(
        new ReadOnlyEffect.Answered<>(new Answer.Reply<>(message, Metadata.empty()), List.of()));
  }

  /** Whatever comes of another call as a message on a stream. */
  default <C extends Message, R> Next<R> sendForwarded(MethodDescriptor<C, R> rpc, C message) {
    return Next.of(
        new ReadOnlyEffect.Answered<>(new Answer.Forward<>(Call.of(rpc, message)), List.of()));
  }

  /** No message this time. */
  default <R> Next<R> skip() {
    return Next.of(ReplicatedStream.<R>silence());
  }

  /** No message any more: the stream ends. */
  default <R> Next<R> end() {
    return this.<R>skip().thenEnd();
  }

  /**
   * The stream ends with this status and message.
   *
   * @throws IllegalArgumentException if the code is OK
   */
  default <R> Next<R> endWith(Status.Code code, String message) {
    return Next.of(new ReadOnlyEffect.Refuse<R>(code, message)).thenEnd();
  }
}
