// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.action;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.grpc.Deadline;
import io.holdfast.protocol.Forward;
import io.holdfast.protocol.Metadata;
import io.holdfast.protocol.MetadataEntry;
import io.holdfast.protocol.Reply;
import io.holdfast.protocol.action.ActionResponse;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.CommandMethod;
import io.holdfast.proxy.command.CommandTarget;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.discovery.EntityKind;
import io.holdfast.proxy.discovery.EntityService;
import io.holdfast.proxy.entity.onward.Onward;
import io.holdfast.proxy.function.Awaited;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service of actions, its commands and replies, and a router that takes them to a function. */
final class Pricing {

  static final CommandMethod QUOTE =
      new CommandMethod("test.Pricing", "Quote", "test.Item", "test.Price");

  private final ActionFunction function;
  private final List<Command> routed = new CopyOnWriteArrayList<>();
  private final Awaited<ReplyTo> held = new Awaited<>("forward or side effect");
  private volatile boolean holding;

  Pricing(ActionFunction function) {
    this.function = function;
  }

  /** What forwards and side effects led to. */
  List<Command> routed() {
    return routed;
  }

  /** From now on, forwards and side effects wait. */
  void hold() {
    holding = true;
  }

  /** Who waits longest for a forward or a side effect, once there is one. */
  ReplyTo held() {
    return held.next();
  }

  ActionRouter router(int callsMax) {
    var onward =
        new Onward(
            (service, command) -> command.equals("Quote") ? new Target() : null,
            (command, replyTo) -> {
              routed.add(command);
              if (holding) {
                held.add(replyTo);
              } else {
                replyTo.complete(replied("routed"));
              }
            },
            function::reportError,
            Duration.ofSeconds(5),
            4);
    var router = new ActionRouter(function, onward, callsMax);
    router.serve(List.of(service(EntityKind.ACTION)));
    return router;
  }

  private static final class Target implements CommandTarget {
    @Override
    public CommandMethod method() {
      return QUOTE;
    }

    @Override
    public boolean keyed() {
      return false;
    }

    @Override
    public boolean streamed() {
      return false;
    }

    @Override
    public EntityId entity(ByteString payload) {
      return new EntityId("test.Pricing", "");
    }
  }

  static EntityService service(EntityKind kind) {
    return new EntityService(pricing(), kind, "test.Pricing", Duration.ofMinutes(1), List.of());
  }

  private static ServiceDescriptor pricing() {
    try {
      return FileDescriptor.buildFrom(
              FileDescriptorProto.newBuilder()
                  .setName("pricing.proto")
                  .setPackage("test")
                  .addService(ServiceDescriptorProto.newBuilder().setName("Pricing"))
                  .build(),
              new FileDescriptor[0])
          .getServices()
          .get(0);
    } catch (com.google.protobuf.Descriptors.DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  static Command command(Deadline deadline) {
    return new Command(
        new EntityId("test.Pricing", ""),
        QUOTE,
        ByteString.copyFromUtf8("pear"),
        Metadata.newBuilder()
            .addEntries(MetadataEntry.newBuilder().setKey("k").setStringValue("v"))
            .build(),
        deadline);
  }

  static Outcome replied(String text) {
    return new Outcome.Replied(ByteString.copyFromUtf8(text), Metadata.getDefaultInstance());
  }

  static ActionResponse.Builder reply(String type, String text) {
    return ActionResponse.newBuilder().setReply(Reply.newBuilder().setPayload(payload(type, text)));
  }

  static Any payload(String type, String text) {
    return Any.newBuilder()
        .setTypeUrl("type.googleapis.com/" + type)
        .setValue(ByteString.copyFromUtf8(text))
        .build();
  }

  static ActionResponse.Builder forward(String text) {
    return ActionResponse.newBuilder()
        .setForward(
            Forward.newBuilder()
                .setServiceName("test.Pricing")
                .setCommandName("Quote")
                .setPayload(payload("test.Item", text)));
  }
}
