// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.holdfast.proxy.example.AddToCounter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Three nodes on one PostgreSQL server, of which one is cut off. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LostNodeTest {

  private static final int COUNTERS = 24;
  private static final int SHARDS = 12;
  private static final Metadata.Key<String> TIMEOUT =
      Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);

  private final Config shared =
      ConfigFactory.parseMap(
              Map.of(
                  "holdfast.cluster.shards",
                  SHARDS,
                  "holdfast.cluster.partition.stable-after",
                  "2s",
                  "holdfast.cluster.partition.takeover-after",
                  "1s"))
          .withFallback(SharedPostgres.emptyStore());
  private final List<ProxyNode> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.forEach(ProxyNode::close);
  }

  private void startThree() {
    nodes.add(start("one", ""));
    String seed = nodes.get(0).address();
    nodes.add(start("two", seed));
    nodes.add(start("three", seed));
  }

  private ProxyNode start(String name, String seeds) {
    return ProxyNode.start(
        NodeSystems.named(name).withFallback(shared), Map.of("holdfast.cluster.seed-nodes", seeds));
  }

  private static String counter(int number) {
    return "counter-" + number;
  }

  @Test
  void nodes_that_join_get_their_share_of_the_shards() {
    startThree();
    // Shards are where they are first needed, until they are moved.
    for (int i = 0; i < 10 * SHARDS; i++) {
      nodes.get(0).add(counter(i), 1);
    }
    Eventually.holds("a share for each", () -> isNearlyEqual(nodes.get(1).cluster()));
  }

  private static boolean isNearlyEqual(JsonNode cluster) {
    JsonNode counts = cluster.get("shards").path("counter");
    int total = 0;
    for (JsonNode count : counts) {
      if (count.intValue() < SHARDS / 3 - 1 || count.intValue() > SHARDS / 3 + 1) {
        return false;
      }
      total += count.intValue();
    }
    return counts.size() == 3 && total == SHARDS;
  }

  @Test
  void a_node_that_is_cut_off_ends_and_the_others_take_its_entities_over() throws Exception {
    startThree();
    Map<String, Long> acknowledged = new HashMap<>();
    for (int i = 0; i < COUNTERS; i++) {
      acknowledged.put(counter(i), nodes.get(i % 3).add(counter(i), 1));
    }
    NodeSystems.cut("three", "one");
    NodeSystems.cut("three", "two");

    // On the small side: the entities of the others are out of reach, and a client is told so.
    Map<String, Status> refused = new HashMap<>();
    var onTheSmallSide = addToAll(nodes.get(2), 1_500);
    for (int i = 0; i < COUNTERS; i++) {
      Status status = onTheSmallSide.get(i).get(60, TimeUnit.SECONDS);
      if (status.isOk()) {
        acknowledged.merge(counter(i), 1L, Long::sum);
      } else {
        refused.put(counter(i), status);
      }
    }
    assertThat(refused)
        .isNotEmpty()
        .allSatisfy(
            (counter, status) -> {
              assertThat(status.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
              assertThat(status.getDescription())
                  .startsWith("counter/" + counter + " Add: ")
                  .containsAnyOf("has not answered for ", " had no node for ")
                  .containsAnyOf("the outcome is unknown", "nothing happened");
            });

    // On the large side: what the lost node had is unknown at once when it is removed, and what
    // waits for its shards is carried out.
    var onTheLargeSide = addToAll(nodes.get(0), 50_000);
    for (int i = 0; i < COUNTERS; i++) {
      Status status = onTheLargeSide.get(i).get(60, TimeUnit.SECONDS);
      if (status.isOk()) {
        acknowledged.merge(counter(i), 1L, Long::sum);
      } else {
        assertThat(status.getCode()).as(status.toString()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(status.getDescription())
            .contains("was lost, which had it; the outcome is unknown");
      }
    }
    for (int i = 0; i < COUNTERS; i++) {
      // What was acknowledged is there; of the three additions, each once at most.
      assertThat(nodes.get(1).add(counter(i), 0))
          .isBetween(Objects.requireNonNull(acknowledged.get(counter(i))), 3L);
    }

    nodes.get(2).proxy().closed().toCompletableFuture().get(60, TimeUnit.SECONDS);
    assertThat(nodes.get(2).proxy().removal())
        .hasValueSatisfying(words -> assertThat(words).contains("was removed from its cluster"));
    assertThat(nodes.get(0).cluster().get("members")).hasSize(2);
  }

  private static List<CompletableFuture<Status>> addToAll(ProxyNode node, long millis) {
    var calls = new ArrayList<CompletableFuture<Status>>();
    for (int i = 0; i < COUNTERS; i++) {
      String counter = counter(i);
      calls.add(
          CompletableFuture.supplyAsync(
              () -> addWithin(node, counter, millis), command -> new Thread(command).start()));
    }
    return calls;
  }

  /** The node is told how long it has; the client hears it out, however little time it gets. */
  private static Status addWithin(ProxyNode node, String counter, long millis) {
    var headers = new Metadata();
    headers.put(TIMEOUT, millis + "m");
    try {
      var unused =
          node.counters()
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
              .add(AddToCounter.newBuilder().setCounterId(counter).setAmount(1).build());
      return Status.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }
}
