// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import com.google.protobuf.Any;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.stub.StreamObserver;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Command;
import io.holdfast.protocol.Entity;
import io.holdfast.protocol.EntityPassivationStrategy;
import io.holdfast.protocol.EntitySpec;
import io.holdfast.protocol.Reply;
import io.holdfast.protocol.ServiceInfo;
import io.holdfast.protocol.TimeoutPassivationStrategy;
import io.holdfast.protocol.eventsourced.EventSourcedReply;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import io.holdfast.proxy.example.AddToCounter;
import io.holdfast.proxy.example.CounterProto;
import io.holdfast.proxy.example.CounterTotal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Counters over the raw protocol: the event of a command is its amount, as the client sent it. */
final class CounterFunction
    implements BiConsumer<EventSourcedStreamIn, StreamObserver<EventSourcedStreamOut>> {

  private long total;

  /** What it announces; entities leave memory after the time given. */
  static EntitySpec spec(Duration passivateAfter) {
    return EntitySpec.newBuilder()
        .setProto(descriptors().toByteString())
        .addEntities(
            Entity.newBuilder()
                .setEntityType("cloudstate.eventsourced.EventSourced")
                .setServiceName("example.Counters")
                .setPersistenceId("counter")
                .setPassivationStrategy(
                    EntityPassivationStrategy.newBuilder()
                        .setTimeout(
                            TimeoutPassivationStrategy.newBuilder()
                                .setTimeout(passivateAfter.toMillis()))))
        .setServiceInfo(
            ServiceInfo.newBuilder()
                .setServiceName("counters")
                .setServiceVersion("1")
                .setProtocolMajorVersion(0)
                .setProtocolMinorVersion(2))
        .build();
  }

  static FileDescriptorSet descriptors() {
    Map<String, FileDescriptor> files = new LinkedHashMap<>();
    collect(CounterProto.getDescriptor(), files);
    var set = FileDescriptorSet.newBuilder();
    files.values().forEach(file -> set.addFile(file.toProto()));
    return set.build();
  }

  private static void collect(FileDescriptor file, Map<String, FileDescriptor> into) {
    file.getDependencies().forEach(dependency -> collect(dependency, into));
    into.putIfAbsent(file.getName(), file);
  }

  @Override
  public void accept(EventSourcedStreamIn message, StreamObserver<EventSourcedStreamOut> toProxy) {
    switch (message.getMessageCase()) {
      case EVENT -> total += amount(message.getEvent().getPayload());
      case COMMAND -> toProxy.onNext(answer(message.getCommand()));
      default -> {}
    }
  }

  private EventSourcedStreamOut answer(Command command) {
    long amount = amount(command.getPayload());
    total += amount;
    var reply = reply(command.getId(), total);
    if (amount != 0) {
      reply.addEvents(command.getPayload());
    }
    return EventSourcedStreamOut.newBuilder().setReply(reply).build();
  }

  static EventSourcedReply.Builder reply(long commandId, long total) {
    return EventSourcedReply.newBuilder()
        .setCommandId(commandId)
        .setClientAction(
            ClientAction.newBuilder()
                .setReply(
                    Reply.newBuilder()
                        .setPayload(Any.pack(CounterTotal.newBuilder().setTotal(total).build()))));
  }

  private static long amount(Any payload) {
    try {
      return AddToCounter.parseFrom(payload.getValue()).getAmount();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
