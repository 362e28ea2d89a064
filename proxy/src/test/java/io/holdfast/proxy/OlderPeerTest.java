// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ExtendedActorSystem;
import akka.serialization.SerializerWithStringManifest;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.holdfast.cluster.v1.RoutedCommand;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import io.holdfast.proxy.example.AddToCounter;
import io.holdfast.proxy.example.CounterTotal;
import io.holdfast.proxy.routing.CommandSerializer;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Two nodes, of which one speaks as the release before did that large messages are fetched. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OlderPeerTest {

  private static final int LARGE = 300_000;

  private final List<ProxyNode> nodes = new ArrayList<>();

  /** Commands and outcomes as they were. Public for Akka, which makes it by name. */
  public static final class OlderSerializer extends SerializerWithStringManifest {
    private final CommandSerializer newer;

    public OlderSerializer(ExtendedActorSystem system) {
      newer = new CommandSerializer(system);
    }

    @Override
    public int identifier() {
      return newer.identifier();
    }

    @Override
    public String manifest(Object message) {
      return newer.manifest(message);
    }

    @Override
    public byte[] toBinary(Object message) {
      byte[] bytes = newer.toBinary(message);
      if (!newer.manifest(message).equals("C")) {
        return bytes;
      }
      try {
        return RoutedCommand.parseFrom(bytes).toBuilder().clearFetches().build().toByteArray();
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
      boolean known = List.of("C", "O", "P", "M", "R").contains(manifest);
      return newer.fromBinary(bytes, known ? manifest : manifest + " of a later release");
    }
  }

  /** Its reply has as many bytes as were asked for. */
  private static final class Sized
      implements BiConsumer<EventSourcedStreamIn, StreamObserver<EventSourcedStreamOut>> {
    @Override
    public void accept(
        EventSourcedStreamIn message, StreamObserver<EventSourcedStreamOut> toProxy) {
      if (!message.hasCommand()) {
        return;
      }
      try {
        var command = message.getCommand();
        int size = (int) AddToCounter.parseFrom(command.getPayload().getValue()).getAmount();
        var reply = CounterFunction.reply(command.getId(), size);
        var total =
            CounterTotal.newBuilder().setTotal(size).setUnknownFields(padding(size)).build();
        reply.getClientActionBuilder().getReplyBuilder().setPayload(Any.pack(total));
        toProxy.onNext(EventSourcedStreamOut.newBuilder().setReply(reply).build());
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }

  private static UnknownFieldSet padding(int bytes) {
    var field =
        UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.copyFrom(new byte[bytes]));
    return UnknownFieldSet.newBuilder().addField(100, field.build()).build();
  }

  @BeforeEach
  void start() {
    Config shared =
        ConfigFactory.parseMap(Map.of("holdfast.store", "memory", "holdfast.cluster.shards", 8));
    nodes.add(ProxyNode.start(shared, Map.of()));
    nodes.add(
        ProxyNode.start(
            shared,
            Map.of(
                "holdfast.cluster.seed-nodes",
                nodes.get(0).address(),
                "akka.actor.serializers.holdfast",
                OlderSerializer.class.getName())));
    nodes.forEach(node -> node.function().serve(Sized::new));
    IntStream.range(0, 16).forEach(i -> send(nodes.get(0), i, 0, 0));
    Eventually.holds(
        "a share for each", () -> nodes.get(0).cluster().at("/shards/counter").size() == 2);
  }

  @AfterEach
  void stop() {
    nodes.forEach(ProxyNode::close);
  }

  private static Status send(ProxyNode node, int counter, int requestBytes, int replyBytes) {
    try {
      CounterTotal total =
          node.counters()
              .withDeadlineAfter(60, TimeUnit.SECONDS)
              .add(
                  AddToCounter.newBuilder()
                      .setCounterId("counter-" + counter)
                      .setAmount(replyBytes)
                      .setUnknownFields(padding(requestBytes))
                      .build());
      assertThat(total.getTotal()).isEqualTo(replyBytes);
      return Status.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }

  private static List<Status> failures(ProxyNode node, int requestBytes, int replyBytes) {
    return IntStream.range(0, 16)
        .mapToObj(counter -> send(node, counter, requestBytes, replyBytes))
        .filter(status -> !status.isOk())
        .toList();
  }

  @Test
  void what_it_cannot_take_is_refused_at_once_and_by_name() {
    ProxyNode newer = nodes.get(0);
    ProxyNode older = nodes.get(1);
    assertThat(failures(newer, 200_000, 200_000)).isEmpty();
    assertThat(failures(older, 200_000, 200_000)).isEmpty();

    assertThat(failures(newer, LARGE, 0))
        .isNotEmpty()
        .hasSizeLessThan(16)
        .allSatisfy(
            status -> {
              assertThat(status.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
              assertThat(status.getDescription())
                  .contains("the node of its entity is of an older release")
                  .endsWith("nothing happened");
            });

    assertThat(failures(older, 0, LARGE))
        .isNotEmpty()
        .hasSizeLessThan(16)
        .allSatisfy(
            status -> {
              assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
              assertThat(status.getDescription())
                  .contains("is of an older release, which takes none of that size")
                  .endsWith("the outcome is unknown");
            });
  }
}
