// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.List;

/** What handlers can answer that have nothing to store. */
public interface Answers {

  /** Answers, and changes nothing. */
  default <R> ReadOnlyEffect<R> reply(R message) {
    return new ReadOnlyEffect.Answered<>(new Answer.Reply<>(message, Metadata.empty()), List.of());
  }

  /**
   * Turns the command down: the client's call ends with this status and message.
   *
   * @throws IllegalArgumentException if the code is OK
   */
  default <R> ReadOnlyEffect<R> refuse(Status.Code code, String message) {
    return new ReadOnlyEffect.Refuse<>(code, message);
  }

  /** Changes nothing and says nothing. The client gets an empty message. */
  default ReadOnlyEffect<Empty> nothing() {
    return new ReadOnlyEffect.Answered<>(new Answer.Nothing<>(Metadata.empty()), List.of());
  }

  /**
   * Changes nothing and hands the command on: whatever comes of that message at that rpc, of this
   * or of another service of the same function, is what the client gets.
   *
   * @param rpc one that replies what this command's rpc replies
   * @throws IllegalArgumentException if the rpc streams
   */
  default <C extends Message, R> ReadOnlyEffect<R> forward(MethodDescriptor<C, R> rpc, C message) {
    return new ReadOnlyEffect.Answered<>(new Answer.Forward<>(Call.of(rpc, message)), List.of());
  }
}
