// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.replicated;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.holdfast.sdk.Answer;
import io.holdfast.sdk.Call;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.SideEffect;
import java.util.List;
import java.util.Objects;

/**
 * What a handler wants done besides the changes that it has made to the state. Made by the methods
 * of {@link ReplicatedEntity}. Immutable: each method here gives another effect.
 *
 * <p>Side effects are those of {@link io.holdfast.sdk.Effect}.
 *
 * @param answer what the client gets
 * @param deletes whether the entity is deleted
 * @param writes how many nodes must have the change first
 * @param <R> the reply
 */
public record ReplicatedEffect<R>(
    ReadOnlyEffect<R> answer, boolean deletes, WriteConsistency writes) {
  public ReplicatedEffect {
    Objects.requireNonNull(answer, "answer");
    Objects.requireNonNull(writes, "writes");
  }

  static <R> ReplicatedEffect<R> of(ReadOnlyEffect<R> answer) {
    return new ReplicatedEffect<>(answer, false, WriteConsistency.LOCAL);
  }

  /** A deletion, and the question what to answer then. */
  public enum Deletion {
    DELETION;

    /** Then answers. */
    public <R> ReplicatedEffect<R> thenReply(R message) {
      return then(new Answer.Reply<>(message, Metadata.empty()));
    }

    /** Then says nothing. The client gets an empty message. */
    public ReplicatedEffect<Empty> thenNothing() {
      return then(new Answer.Nothing<>(Metadata.empty()));
    }

    /**
     * Then hands the command on to another rpc, which replies what this command's rpc replies.
     *
     * @throws IllegalArgumentException if the rpc streams
     */
    public <C extends Message, R> ReplicatedEffect<R> thenForward(
        MethodDescriptor<C, R> rpc, C message) {
      return then(new Answer.Forward<>(Call.of(rpc, message)));
    }

    private static <R> ReplicatedEffect<R> then(Answer<R> answer) {
      return new ReplicatedEffect<>(
          new ReadOnlyEffect.Answered<>(answer, List.of()), true, WriteConsistency.LOCAL);
    }
  }

  /** With the change on so many nodes before the client is answered; LOCAL if nothing is said. */
  public ReplicatedEffect<R> writing(WriteConsistency writes) {
    return new ReplicatedEffect<>(answer, deletes, writes);
  }

  /**
   * With these headers, in place of any before: those of the reply, or those that go with a
   * forward.
   *
   * @throws IllegalStateException if this is a refusal
   */
  public ReplicatedEffect<R> withMetadata(Metadata headers) {
    return new ReplicatedEffect<>(answer.withMetadata(headers), deletes, writes);
  }

  /**
   * With one more side effect, after those that it has.
   *
   * @throws IllegalStateException if this is a refusal
   */
  public ReplicatedEffect<R> with(SideEffect sideEffect) {
    return new ReplicatedEffect<>(answer.with(sideEffect), deletes, writes);
  }

  /** And also sends that message to that rpc. The client's answer does not wait for it. */
  public <C extends Message> ReplicatedEffect<R> andAlso(MethodDescriptor<C, ?> rpc, C message) {
    return with(SideEffect.also(rpc, message));
  }

  /** And sends that message to that rpc and waits for its end before the client is answered. */
  public <C extends Message> ReplicatedEffect<R> andAwait(MethodDescriptor<C, ?> rpc, C message) {
    return with(SideEffect.awaited(rpc, message));
  }
}
