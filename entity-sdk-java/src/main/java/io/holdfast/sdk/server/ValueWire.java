// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import com.google.protobuf.Any;
import io.grpc.MethodDescriptor;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.valueentity.ValueEntityAction;
import io.holdfast.protocol.valueentity.ValueEntityDelete;
import io.holdfast.protocol.valueentity.ValueEntityGrpc;
import io.holdfast.protocol.valueentity.ValueEntityInit;
import io.holdfast.protocol.valueentity.ValueEntityReply;
import io.holdfast.protocol.valueentity.ValueEntityStreamIn;
import io.holdfast.protocol.valueentity.ValueEntityStreamOut;
import io.holdfast.protocol.valueentity.ValueEntityUpdate;
import io.holdfast.sdk.definition.Write;
import io.holdfast.sdk.session.CommandReply;
import io.holdfast.sdk.session.EntitySession;
import io.holdfast.sdk.session.Init;
import java.util.Optional;

/** Streams of entities whose state is stored whole. */
final class ValueWire implements Wire<ValueEntityStreamIn, ValueEntityStreamOut> {

  @Override
  public MethodDescriptor<ValueEntityStreamIn, ValueEntityStreamOut> method() {
    return ValueEntityGrpc.getHandleMethod();
  }

  @Override
  public ValueEntityStreamIn prototype() {
    return ValueEntityStreamIn.getDefaultInstance();
  }

  @Override
  public String service(ValueEntityStreamIn first) {
    return first.getInit().getServiceName();
  }

  @Override
  public void deliver(ValueEntityStreamIn message, EntitySession session) {
    switch (message.getMessageCase()) {
      case COMMAND -> session.command(message.getCommand());
      case INIT -> init(message.getInit(), session);
      case MESSAGE_NOT_SET -> session.breach("a message that is empty or cannot be read");
    }
  }

  private static void init(ValueEntityInit init, EntitySession session) {
    // Without it, a value that was lost on the way would look like one that was never stored.
    if (!init.hasState()) {
      session.breach("an init without state");
      return;
    }
    var value =
        init.getState().hasValue()
            ? Optional.of(init.getState().getValue())
            : Optional.<Any>empty();
    session.init(new Init(init.getServiceName(), init.getEntityId(), value, 0));
  }

  @Override
  public ValueEntityStreamOut reply(CommandReply reply) {
    var message =
        ValueEntityReply.newBuilder()
            .setCommandId(reply.command())
            .addAllSideEffects(reply.sideEffects());
    if (reply.action().getActionCase() != ClientAction.ActionCase.ACTION_NOT_SET) {
      message.setClientAction(reply.action());
    }
    if (reply.write() instanceof Write.Value write) {
      message.setStateAction(
          ValueEntityAction.newBuilder()
              .setUpdate(ValueEntityUpdate.newBuilder().setValue(write.value())));
    } else if (reply.write() instanceof Write.Deletion) {
      message.setStateAction(
          ValueEntityAction.newBuilder().setDelete(ValueEntityDelete.getDefaultInstance()));
    }
    return ValueEntityStreamOut.newBuilder().setReply(message).build();
  }

  @Override
  public ValueEntityStreamOut failure(Failure failure) {
    return ValueEntityStreamOut.newBuilder().setFailure(failure).build();
  }
}
