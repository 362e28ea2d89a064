// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.holdfast.protocol.Command;
import io.holdfast.protocol.valueentity.ValueEntityInit;
import io.holdfast.protocol.valueentity.ValueEntityInitState;
import io.holdfast.protocol.valueentity.ValueEntityStreamIn;
import io.holdfast.protocol.valueentity.ValueEntityStreamOut;

/** The proxy's end of the stream of a value entity. */
final class ValueProxyStream extends StreamEnd<ValueEntityStreamIn, ValueEntityStreamOut> {

  static final String SERVICE = "holdfast.sdk.test.Profiles";

  private long lastCommand;

  ValueProxyStream send(ValueEntityStreamIn.Builder message) {
    send(message.build());
    return this;
  }

  ValueProxyStream init() {
    return send(initOf(SERVICE).setState(ValueEntityInitState.getDefaultInstance()));
  }

  ValueProxyStream init(Any value) {
    return send(initOf(SERVICE).setState(ValueEntityInitState.newBuilder().setValue(value)));
  }

  ValueProxyStream send(ValueEntityInit.Builder init) {
    return send(ValueEntityStreamIn.newBuilder().setInit(init));
  }

  static ValueEntityInit.Builder initOf(String service) {
    return ValueEntityInit.newBuilder().setServiceName(service).setEntityId(ProxyStream.ENTITY);
  }

  ValueProxyStream command(String name, Message message) {
    return command(ProxyStream.commandOf(++lastCommand, name, message));
  }

  ValueProxyStream command(Command.Builder command) {
    lastCommand = command.getId();
    return send(ValueEntityStreamIn.newBuilder().setCommand(command));
  }
}
