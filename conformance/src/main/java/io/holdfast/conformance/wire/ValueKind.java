// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.wire;

import com.google.protobuf.Empty;
import io.grpc.MethodDescriptor;
import io.holdfast.conformance.model.Request;
import io.holdfast.conformance.model.Response;
import io.holdfast.conformance.model.Text;
import io.holdfast.conformance.model.ValueModelGrpc;
import io.holdfast.conformance.model.ValueSecondGrpc;
import io.holdfast.protocol.Command;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.valueentity.ValueEntityAction;
import io.holdfast.protocol.valueentity.ValueEntityDelete;
import io.holdfast.protocol.valueentity.ValueEntityGrpc;
import io.holdfast.protocol.valueentity.ValueEntityInit;
import io.holdfast.protocol.valueentity.ValueEntityInitState;
import io.holdfast.protocol.valueentity.ValueEntityReply;
import io.holdfast.protocol.valueentity.ValueEntityStreamIn;
import io.holdfast.protocol.valueentity.ValueEntityStreamOut;
import io.holdfast.protocol.valueentity.ValueEntityUpdate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Value entities: the value is all that was appended. */
public enum ValueKind implements Kind<ValueEntityStreamIn, ValueEntityStreamOut> {
  VALUE;

  @Override
  public String entityType() {
    return "cloudstate.valueentity.ValueEntity";
  }

  @Override
  public MethodDescriptor<ValueEntityStreamIn, ValueEntityStreamOut> handle() {
    return ValueEntityGrpc.getHandleMethod();
  }

  @Override
  public MethodDescriptor<Request, Response> process() {
    return ValueModelGrpc.getProcessMethod();
  }

  @Override
  public MethodDescriptor<Request, Empty> touch() {
    return ValueModelGrpc.getTouchMethod();
  }

  @Override
  public MethodDescriptor<Request, Response> second() {
    return ValueSecondGrpc.getProcessMethod();
  }

  @Override
  public Optional<Address> address(ValueEntityStreamIn first) {
    return first.hasInit()
        ? Optional.of(new Address(first.getInit().getServiceName(), first.getInit().getEntityId()))
        : Optional.empty();
  }

  @Override
  public List<ValueEntityStreamIn> recovery(Address entity, List<String> appended) {
    var state = ValueEntityInitState.newBuilder();
    if (!appended.isEmpty()) {
      state.setValue(Anys.of(text(String.join("", appended))));
    }
    return List.of(
        ValueEntityStreamIn.newBuilder()
            .setInit(
                ValueEntityInit.newBuilder()
                    .setServiceName(entity.service())
                    .setEntityId(entity.id())
                    .setState(state))
            .build());
  }

  private static Text text(String text) {
    return Text.newBuilder().setText(text).build();
  }

  @Override
  public ValueEntityStreamIn command(Command command) {
    return ValueEntityStreamIn.newBuilder().setCommand(command).build();
  }

  @Override
  public ValueEntityStreamIn empty() {
    return ValueEntityStreamIn.getDefaultInstance();
  }

  @Override
  public ValueEntityStreamOut reply(Answer answer) {
    if (answer.appended().isEmpty()) {
      return ValueEntityStreamOut.newBuilder().setReply(replyOf(answer)).build();
    }
    var update = ValueEntityUpdate.newBuilder().setValue(Anys.of(text(answer.text())));
    return replyWith(answer, ValueEntityAction.newBuilder().setUpdate(update).build());
  }

  /** A reply that removes the value. */
  public ValueEntityStreamOut replyWithDelete(Answer answer) {
    return replyWith(
        answer,
        ValueEntityAction.newBuilder().setDelete(ValueEntityDelete.getDefaultInstance()).build());
  }

  /** A reply with that action. */
  public ValueEntityStreamOut replyWith(Answer answer, ValueEntityAction action) {
    return ValueEntityStreamOut.newBuilder()
        .setReply(replyOf(answer).setStateAction(action))
        .build();
  }

  private static ValueEntityReply.Builder replyOf(Answer answer) {
    var reply =
        ValueEntityReply.newBuilder()
            .setCommandId(answer.commandId())
            .addAllSideEffects(answer.effects());
    if (answer.action() != null) {
      reply.setClientAction(answer.action());
    }
    return reply;
  }

  @Override
  public ValueEntityStreamOut failure(Failure failure) {
    return ValueEntityStreamOut.newBuilder().setFailure(failure).build();
  }

  @Override
  public @Nullable Failure failureOf(ValueEntityStreamOut message) {
    if (message.hasFailure()) {
      return message.getFailure();
    }
    var action = message.getReply().getClientAction();
    return action.hasFailure() ? action.getFailure() : null;
  }

  @Override
  public boolean changes(ValueEntityStreamOut message) {
    return message.getReply().hasStateAction();
  }

  @Override
  public boolean hasEffects(ValueEntityStreamOut message) {
    return message.getReply().getSideEffectsCount() > 0;
  }
}
