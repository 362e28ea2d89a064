// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.wire;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.holdfast.conformance.model.Request;
import io.holdfast.conformance.model.Response;
import io.holdfast.protocol.Command;
import io.holdfast.protocol.Failure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The words of one kind of entity, so that what holds for all kinds is written once.
 *
 * @param <I> what the proxy says on an entity's stream
 * @param <O> what the function says
 */
public interface Kind<I extends Message, O extends Message> {

  /** Full name of the protocol service, which is what announces the kind. */
  String entityType();

  /** The stream of an entity of this kind. */
  MethodDescriptor<I, O> handle();

  /** Process of the model's service of this kind. */
  MethodDescriptor<Request, Response> process();

  /** Touch of that service. */
  MethodDescriptor<Request, Empty> touch();

  /** Process of the kind's second service, whose entities leave memory soon. */
  MethodDescriptor<Request, Response> second();

  /** Which entity a stream is for that begins so; nothing when it does not begin with an init. */
  Optional<Address> address(I first);

  /**
   * All that a function is sent before the first command.
   *
   * @param appended what was stored of the entity so far, in order
   */
  List<I> recovery(Address entity, List<String> appended);

  /** The same message, with what has no order in it sorted, as {@link #recovery} has it. */
  default I sorted(I message) {
    return message;
  }

  I command(Command command);

  /** A message with nothing in it. */
  I empty();

  O reply(Answer answer);

  O failure(Failure failure);

  /** The failure that the message brings, be it the stream's or a command's; null if none. */
  @Nullable Failure failureOf(O message);

  /** Whether the message asks for anything to be stored. */
  boolean changes(O message);

  /** Whether it asks for side effects. */
  boolean hasEffects(O message);
}
