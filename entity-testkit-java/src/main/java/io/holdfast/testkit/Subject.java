// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.holdfast.sdk.CommandContext;
import io.holdfast.sdk.CommandHandler;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.Entity;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.definition.Common;
import java.util.Objects;

/**
 * An entity of any kind under test, at some point of its life.
 *
 * @param sequence the number of the last event
 */
record Subject<T extends Entity<S>, S>(
    Common<T, S> common, S state, long sequence, String entityId, Metadata metadata) {

  Subject {
    state = Survival.stored("state", state, common.states());
  }

  static <T extends Entity<S>, S> Subject<T, S> of(Common<T, S> common) {
    return new Subject<>(common, common.entities().get().emptyState(), 0, "test", Metadata.empty());
  }

  Subject<T, S> withState(S state, long sequence) {
    return new Subject<>(common, state, sequence, entityId, metadata);
  }

  Subject<T, S> withId(String id) {
    return new Subject<>(common, state, sequence, id, metadata);
  }

  Subject<T, S> withMetadata(Metadata headers) {
    return new Subject<>(common, state, sequence, entityId, headers);
  }

  /** JSON as a function stores it. */
  static Any stored(String name, String json) {
    return Any.newBuilder()
        .setTypeUrl("json.cloudstate.io/" + name)
        // A message with one field of bytes, field 1.
        .setValue(BytesValue.of(ByteString.copyFromUtf8(json)).toByteString())
        .build();
  }

  /** What the registered handler wants done. */
  <C extends Message, R extends Message> Effect<R> handle(MethodDescriptor<C, R> rpc, C command) {
    String service = common.service().getFullName();
    if (!service.equals(rpc.getServiceName())) {
      throw new AssertionError("%s is no rpc of %s".formatted(rpc.getFullMethodName(), service));
    }
    String name = Objects.requireNonNull(rpc.getBareMethodName());
    var type = Objects.requireNonNull(common.commands().get(name), name);
    @SuppressWarnings("unchecked") // The description has it for just this rpc.
    var handler = (CommandHandler.WithContext<T, S, C, R>) (Object) type.handler();
    return handle(name, handler, command);
  }

  <C extends Message, R extends Message> Effect<R> handle(
      CommandHandler<? super T, ? super S, C, R> handler, C command) {
    return handle(
        "test",
        (T entity, S now, C sent, CommandContext context) -> handler.handle(entity, now, sent),
        command);
  }

  <C extends Message, R extends Message> Effect<R> handle(
      CommandHandler.WithContext<? super T, ? super S, C, R> handler, C command) {
    return handle("test", handler, command);
  }

  private <C extends Message, R extends Message> Effect<R> handle(
      String rpc, CommandHandler.WithContext<? super T, ? super S, C, R> handler, C command) {
    var context = new CommandContext(entityId, rpc, sequence, metadata);
    var sent = Survival.sent("command", command);
    Effect<R> effect;
    try {
      effect = handler.handle(common.entities().get(), state, sent, context);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("the handler of " + rpc + " threw " + e, e);
    }
    if (effect == null) {
      throw new AssertionError("the handler returned no effect: null");
    }
    return effect;
  }
}
