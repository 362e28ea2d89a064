// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.value;

import com.google.protobuf.Any;
import io.grpc.MethodDescriptor;
import io.holdfast.protocol.Command;
import io.holdfast.protocol.valueentity.ValueEntityAction;
import io.holdfast.protocol.valueentity.ValueEntityGrpc;
import io.holdfast.protocol.valueentity.ValueEntityReply;
import io.holdfast.protocol.valueentity.ValueEntityStreamIn;
import io.holdfast.protocol.valueentity.ValueEntityStreamOut;
import io.holdfast.proxy.entity.Answer;
import io.holdfast.proxy.entity.actor.EntityStream;

/** What is said about value entities; finds what a function must not say. */
enum ValueWords implements EntityStream.Words<ValueEntityStreamIn, ValueEntityStreamOut> {
  WORDS;

  @Override
  public MethodDescriptor<ValueEntityStreamIn, ValueEntityStreamOut> method() {
    return ValueEntityGrpc.getHandleMethod();
  }

  @Override
  public ValueEntityStreamIn command(Command command) {
    return ValueEntityStreamIn.newBuilder().setCommand(command).build();
  }

  @Override
  public Answer answer(ValueEntityStreamOut said) {
    return switch (said.getMessageCase()) {
      case REPLY -> reply(said.getReply());
      case FAILURE -> new Answer.GaveUp(said.getFailure());
      case MESSAGE_NOT_SET -> new Answer.Broken("sent a message with nothing in it");
    };
  }

  private static Answer reply(ValueEntityReply reply) {
    ValueEntityAction action = reply.getStateAction();
    return switch (action.getActionCase()) {
      case UPDATE -> update(reply, action.getUpdate().getValue());
      case DELETE -> replied(reply, ValueToStore.DELETION);
      case ACTION_NOT_SET ->
          reply.hasStateAction()
              ? new Answer.Broken("asked for neither an update nor a deletion of the value")
              : replied(reply, ValueToStore.NOTHING);
    };
  }

  private static Answer update(ValueEntityReply reply, Any value) {
    return value.getTypeUrl().isEmpty()
        ? new Answer.Broken("asked for a value without a type URL to be stored")
        : replied(reply, new ValueToStore(value, false));
  }

  private static Answer replied(ValueEntityReply reply, ValueToStore change) {
    return new Answer.Replied(
        reply.getCommandId(), reply.getClientAction(), reply.getSideEffectsList(), change);
  }
}
