// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Command;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.Forward;
import io.holdfast.protocol.Metadata;
import io.holdfast.protocol.MetadataEntry;
import io.holdfast.protocol.Reply;
import io.holdfast.protocol.SideEffect;
import io.holdfast.protocol.eventsourced.EventSourcedReply;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import io.holdfast.proxy.example.AddToCounter;
import io.holdfast.proxy.example.CounterTotal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Two nodes; what is large goes from one to an entity of the other, and back. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LargeMessagesTest {

  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;
  private static final Config SHARED =
      ConfigFactory.parseMap(
          Map.of(
              "holdfast.store",
              "memory",
              "holdfast.cluster.shards",
              8,
              "holdfast.entity.id-bytes-max",
              1_000_000,
              "holdfast.function.assumed-message-bytes-max",
              "48 MiB"));

  /** Which node's function each counter lives at. */
  private static final Map<String, String> HOMES = new ConcurrentHashMap<>();

  /** What the function was given for each counter, in that order. */
  private static final Map<String, BlockingQueue<Given>> GIVEN = new ConcurrentHashMap<>();

  /** How many bytes came with a command. */
  private record Given(int payload, int metadata) {}

  private static final List<ProxyNode> nodes = new ArrayList<>();

  @BeforeAll
  static void start() {
    nodes.add(start("one", ""));
    nodes.add(start("two", nodes.get(0).address()));
    // Shards are where they are first needed, until they are moved.
    for (int i = 0; i < 40; i++) {
      nodes.get(0).add("counter-" + i, 0);
    }
    Eventually.holds(
        "a share for each", () -> nodes.get(0).cluster().get("shards").path("counter").size() == 2);
  }

  private static ProxyNode start(String name, String seeds) {
    var node =
        ProxyNode.start(
            NodeSystems.named(name).withFallback(SHARED),
            Map.of("holdfast.cluster.seed-nodes", seeds));
    node.function().serve(() -> new Sized(name));
    return node;
  }

  @AfterAll
  static void stop() {
    nodes.forEach(ProxyNode::close);
  }

  /**
   * Does as the client wishes: the amount says how many bytes the reply has, a prefix of the id
   * what else.
   */
  private static final class Sized
      implements BiConsumer<EventSourcedStreamIn, StreamObserver<EventSourcedStreamOut>> {
    private final String node;

    Sized(String node) {
      this.node = node;
    }

    @Override
    public void accept(
        EventSourcedStreamIn message, StreamObserver<EventSourcedStreamOut> toProxy) {
      if (message.hasCommand()) {
        toProxy.onNext(
            EventSourcedStreamOut.newBuilder().setReply(answer(message.getCommand())).build());
      }
    }

    private EventSourcedReply answer(Command command) {
      String id = command.getEntityId();
      HOMES.put(id, node);
      given(id)
          .add(
              new Given(
                  command.getPayload().getValue().size(),
                  command.getMetadata().getSerializedSize()));
      var reply = EventSourcedReply.newBuilder().setCommandId(command.getId());
      int amount = amount(command);
      if (id.startsWith("forwards to ")) {
        return reply
            .setClientAction(
                ClientAction.newBuilder()
                    .setForward(
                        Forward.newBuilder()
                            .setServiceName("example.Counters")
                            .setCommandName("Add")
                            .setPayload(padded(id.substring("forwards to ".length()), amount))
                            .setMetadata(metadata(amount))))
            .build();
      }
      if (id.startsWith("also asks ")) {
        String target = id.substring("also asks ".length());
        reply.addSideEffects(sideEffect(target, amount)).addSideEffects(sideEffect(target, 0));
      }
      if (id.startsWith("refuses ")) {
        return reply
            .setClientAction(
                ClientAction.newBuilder()
                    .setFailure(Failure.newBuilder().setDescription("no ".repeat(amount))))
            .build();
      }
      boolean small = id.startsWith("also asks ");
      return reply
          .setClientAction(
              ClientAction.newBuilder()
                  .setReply(
                      Reply.newBuilder()
                          .setPayload(
                              Any.newBuilder()
                                  .setTypeUrl("type.googleapis.com/example.CounterTotal")
                                  .setValue(
                                      CounterTotal.newBuilder()
                                          .setTotal(amount)
                                          .setUnknownFields(padding(small ? 0 : amount))
                                          .build()
                                          .toByteString()))))
          .build();
    }

    private static SideEffect sideEffect(String target, int bytes) {
      return SideEffect.newBuilder()
          .setServiceName("example.Counters")
          .setCommandName("Add")
          .setPayload(padded(target, bytes))
          .setMetadata(metadata(bytes))
          .build();
    }

    private static Any padded(String id, int bytes) {
      return Any.pack(
          AddToCounter.newBuilder().setCounterId(id).setUnknownFields(padding(bytes)).build());
    }

    private static Metadata metadata(int bytes) {
      return Metadata.newBuilder()
          .addEntries(MetadataEntry.newBuilder().setKey("large").setStringValue("v".repeat(bytes)))
          .build();
    }

    private static int amount(Command command) {
      try {
        return (int) AddToCounter.parseFrom(command.getPayload().getValue()).getAmount();
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }

  private static BlockingQueue<Given> given(String id) {
    return GIVEN.computeIfAbsent(id, counter -> new LinkedBlockingQueue<>());
  }

  private static Given nextGiven(String id) throws InterruptedException {
    return Objects.requireNonNull(given(id).poll(20, TimeUnit.SECONDS), "nothing given to " + id);
  }

  private static UnknownFieldSet padding(int bytes) {
    return UnknownFieldSet.newBuilder()
        .addField(
            100,
            UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFrom(new byte[bytes]))
                .build())
        .build();
  }

  /** A counter that lives at the second node. */
  private static String remote(String prefix) {
    return remote(prefix, "two");
  }

  private static String remote(String prefix, String node) {
    for (int i = 0; ; i++) {
      String id = prefix + i;
      var unused = status(() -> nodes.get(0).add(id, 0));
      if (Objects.equals(HOMES.get(id), node)) {
        GIVEN.clear();
        return id;
      }
    }
  }

  private static CounterTotal send(ProxyNode node, String id, int requestBytes, int replyBytes) {
    return node.counters()
        .withMaxInboundMessageSize(64 * MIB)
        .withDeadlineAfter(60, TimeUnit.SECONDS)
        .add(
            AddToCounter.newBuilder()
                .setCounterId(id)
                .setAmount(replyBytes)
                .setUnknownFields(padding(requestBytes))
                .build());
  }

  @Test
  void requests_of_every_size_that_clients_may_send_reach_entities_of_other_nodes()
      throws Exception {
    // Around the sizes where they are fetched, and where there is one more part.
    for (int size :
        new int[] {
          224 * KIB - 200,
          224 * KIB,
          256 * KIB,
          300_000,
          3 * 128 * KIB - 30,
          3 * 128 * KIB,
          4 * MIB - 1_000
        }) {
      String id = remote("request-" + size + "-");
      assertThat(send(nodes.get(0), id, size, 1).getTotal()).isEqualTo(1);
      assertThat(nextGiven(id).payload()).isBetween(size, size + 60);
    }
  }

  @Test
  void replies_of_every_size_that_functions_may_give_come_back() {
    String id = remote("reply-");
    for (int size : new int[] {224 * KIB - 20, 224 * KIB, 400_000, 4 * MIB, 39 * MIB}) {
      CounterTotal total = send(nodes.get(0), id, 0, size);
      assertThat(total.getTotal()).isEqualTo(size);
      assertThat(total.getSerializedSize()).isBetween(size, size + 30);
    }
  }

  @Test
  void a_request_that_is_too_large_is_refused_before_anything_is_carried_out() {
    String id = remote("refused-");
    Status status = status(() -> send(nodes.get(0), id, 5 * MIB, 1));
    assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(given(id)).isEmpty();
  }

  @Test
  void an_id_that_is_too_long_to_be_sent_is_refused_at_once() {
    for (String prefix : new String[] {"a", "b", "c", "d", "e", "f", "g", "h"}) {
      Status status = status(() -> send(nodes.get(0), prefix + "x".repeat(400_000), 0, 1));
      if (!status.isOk()) {
        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        return;
      }
    }
    throw new AssertionError("none of these ids lives at the other node");
  }

  @Test
  void forwards_with_large_payload_and_metadata_arrive() throws Exception {
    for (int i = 0; i < 8; i++) {
      String target = "target-" + i;
      assertThat(send(nodes.get(0), "forwards to " + target, 0, 2 * MIB).getTotal()).isZero();
      Given given = nextGiven(target);
      assertThat(given.payload()).isGreaterThan(2 * MIB);
      assertThat(given.metadata()).isGreaterThan(2 * MIB);
    }
  }

  @Test
  void side_effects_arrive_in_order_however_large() throws Exception {
    for (int i = 0; i < 8; i++) {
      String target = "side-" + i;
      CounterTotal total = send(nodes.get(0), "also asks " + target, 0, 2 * MIB);
      assertThat(total.getTotal()).isEqualTo(2 * MIB);
      Given first = nextGiven(target);
      assertThat(first.payload()).isGreaterThan(2 * MIB);
      assertThat(first.metadata()).isGreaterThan(2 * MIB);
      assertThat(nextGiven(target).payload()).isLessThan(100);
    }
  }

  @Test
  void a_refusal_in_many_words_ends_as_it_does_at_home() {
    String id = remote("refuses ");
    Status abroad = status(() -> send(nodes.get(0), id, 0, 400_000));
    Status atHome = status(() -> send(nodes.get(1), id, 0, 400_000));
    assertThat(abroad.getCode()).isEqualTo(atHome.getCode());
    assertThat(abroad.getDescription()).isEqualTo(atHome.getDescription());
  }

  private static Status status(Runnable call) {
    try {
      call.run();
      return Status.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }

  @Test
  void small_commands_are_not_held_up_by_large_ones() throws Exception {
    String large = remote("large-");
    String small = remote("small-");
    var replies = new ArrayList<CompletableFuture<CounterTotal>>();
    for (int i = 0; i < 6; i++) {
      replies.add(
          CompletableFuture.supplyAsync(() -> send(nodes.get(0), large, 3 * MIB, 30 * MIB)));
    }
    var all = CompletableFuture.allOf(replies.toArray(new CompletableFuture<?>[0]));
    int meanwhile = 0;
    while (!all.isDone()) {
      nodes.get(0).add(small, 0);
      meanwhile++;
    }
    all.get(60, TimeUnit.SECONDS);
    // Six times 33 MiB take their time; had each small one waited for them, there were six at most.
    assertThat(meanwhile).isGreaterThan(12);
  }

  @Test
  void a_node_that_leaves_answers_first_what_it_has_been_asked() throws Exception {
    ProxyNode leaving = start("three", nodes.get(0).address());
    String id;
    try {
      Eventually.holds(
          "a share for the third", () -> nodes.get(0).cluster().at("/shards/counter").size() == 3);
      id = remote("leaving-", "three");
    } catch (Throwable e) {
      leaving.close();
      throw e;
    }
    var replies = new ArrayList<CompletableFuture<CounterTotal>>();
    for (int i = 0; i < 4; i++) {
      replies.add(CompletableFuture.supplyAsync(() -> send(nodes.get(0), id, 3 * MIB, 30 * MIB)));
    }
    var unused = nextGiven(id);
    leaving.close();
    for (var reply : replies) {
      assertThat(reply.get(60, TimeUnit.SECONDS).getSerializedSize()).isGreaterThan(30 * MIB);
    }
  }
}
