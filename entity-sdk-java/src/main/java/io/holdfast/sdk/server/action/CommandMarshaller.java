// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server.action;

import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.holdfast.protocol.action.ActionCommand;
import java.io.InputStream;

/**
 * Reads what the proxy sends, and never fails. gRPC would end a call by itself whose message cannot
 * be read, and not say so: what a handler answers then would begin a second answer on the same
 * stream, which costs the whole connection.
 */
final class CommandMarshaller implements Marshaller<ActionCommand> {

  static final String SENTENCE = "a message that cannot be read";

  private static final ActionCommand UNREADABLE =
      ActionCommand.newBuilder().setServiceName("(unreadable)").build();

  private static final Marshaller<ActionCommand> PROTOBUF =
      ProtoUtils.marshaller(ActionCommand.getDefaultInstance());

  /** Whether that is what stands for a message that cannot be read. */
  @SuppressWarnings("ReferenceEquality") // Whatever else says the same has been read.
  static boolean isUnreadable(ActionCommand command) {
    return command == UNREADABLE;
  }

  @Override
  public InputStream stream(ActionCommand command) {
    return PROTOBUF.stream(command);
  }

  @Override
  public ActionCommand parse(InputStream stream) {
    try {
      return PROTOBUF.parse(stream);
    } catch (StatusRuntimeException e) {
      return UNREADABLE;
    }
  }
}
