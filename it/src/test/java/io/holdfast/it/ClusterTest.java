// SPDX-License-Identifier: Apache-2.0
package io.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./holdfast cluster 3 samples/shopping-cart}, and what can be typed at its prompt. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(300)
class ClusterTest {

  private static final int CARTS = 8;
  private static final Duration CALL_PATIENCE = Duration.ofSeconds(40);
  private static final Pattern ROW = Pattern.compile("\\s+(\\d)\\s+localhost:(\\d+)\\s.*");
  private static final Pattern ITEM =
      Pattern.compile("\"productId\":\"([^\"]+)\",\"name\":\"[^\"]*\",\"quantity\":(\\d+)");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path data;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  /** One for each item acknowledged since somebody began to wait. */
  private final Semaphore news = new Semaphore(0);

  @Test
  void a_node_that_is_killed_under_load_costs_no_acknowledged_event() throws Exception {
    try (Holdfast holdfast =
        Holdfast.start(
            "cluster", "3", "samples/shopping-cart", "--no-build", "--data-dir=" + data)) {
      List<Integer> ports = ports(holdfast);
      holdfast.await("Then break it");
      List<Thread> load = new ArrayList<>();
      for (int client = 0; client < ports.size(); client++) {
        load.add(startAdding(client, ports.get(client)));
      }
      awaitAcknowledged(100);

      holdfast.type("kill 1");
      holdfast.await("The proxy of node 1 was killed.");
      awaitAcknowledged(100);
      holdfast.type("restart 1");
      holdfast.await("Node 1 is ready, after");
      awaitAcknowledged(100);
      load.forEach(Thread::interrupt);
      for (Thread each : load) {
        each.join();
      }

      Map<String, Integer> stored = new HashMap<>();
      for (int cart = 0; cart < CARTS; cart++) {
        stored.putAll(items(ports.get(0), cart));
      }
      assertThat(stored.keySet()).containsAll(acknowledged);
      assertThat(stored.values()).containsOnly(1);

      List<ProcessHandle> children = holdfast.children();
      holdfast.type("quit");
      assertThat(holdfast.exitCode()).isZero();
      assertThat(children).hasSizeGreaterThan(6).noneMatch(ProcessHandle::isAlive);
    }
  }

  private static List<Integer> ports(Holdfast holdfast) throws InterruptedException {
    List<Integer> ports = new ArrayList<>();
    while (ports.size() < 3) {
      Matcher row = ROW.matcher(holdfast.await("localhost:"));
      if (row.matches()) {
        ports.add(Integer.parseInt(row.group(2)));
      }
    }
    return ports;
  }

  /** Adds items that were never added before, through one node, until it is interrupted. */
  private Thread startAdding(int number, int port) {
    var thread =
        new Thread(
            () -> {
              for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                add(port, i % CARTS, "p-%d-%d".formatted(number, i));
              }
            },
            "load");
    thread.start();
    return thread;
  }

  private void add(int port, int cart, String product) {
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/carts/user-%d/items".formatted(port, cart)))
            .timeout(CALL_PATIENCE)
            .POST(
                BodyPublishers.ofString(
                    "{\"productId\":\"%s\",\"name\":\"n\",\"quantity\":1}".formatted(product)))
            .build();
    try {
      if (client.send(request, BodyHandlers.ofString()).statusCode() == 200) {
        acknowledged.add(product);
        news.release();
      }
    } catch (IOException e) {
      // Its node is down. What this client does not know of may be stored or not.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitAcknowledged(int more) throws InterruptedException {
    news.drainPermits();
    assertThat(news.tryAcquire(more, 90, TimeUnit.SECONDS)).as("%d more items", more).isTrue();
  }

  private Map<String, Integer> items(int port, int cart) throws Exception {
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/carts/user-%d".formatted(port, cart)))
            .timeout(CALL_PATIENCE)
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    Map<String, Integer> items = new HashMap<>();
    Matcher item = ITEM.matcher(response.body());
    while (item.find()) {
      items.put(item.group(1), Integer.parseInt(item.group(2)));
    }
    return items;
  }
}
