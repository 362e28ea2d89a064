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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clients that fill carts without a pause, each item once, and remember what they were told. Each
 * knows one node.
 */
final class Carts implements AutoCloseable {

  private static final Duration CALL_PATIENCE = Duration.ofSeconds(40);
  private static final Pattern ITEM =
      Pattern.compile("\"productId\":\"([^\"]+)\",\"name\":\"[^\"]*\",\"quantity\":(\\d+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Integer> ports;
  private final int carts;
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> refusals = ConcurrentHashMap.newKeySet();
  private final CountDownLatch firstRefusal = new CountDownLatch(1);
  private final Semaphore news = new Semaphore(0);
  private final List<Thread> clients = new ArrayList<>();

  private Carts(List<Integer> ports, int carts) {
    this.ports = List.copyOf(ports);
    this.carts = carts;
  }

  /**
   * Begins.
   *
   * @param ports of the nodes, one for each client
   */
  static Carts filledThrough(List<Integer> ports, int carts) {
    var load = new Carts(ports, carts);
    for (int number = 0; number < ports.size(); number++) {
      int mine = number;
      var thread = new Thread(() -> load.fill(mine), "client-" + mine);
      load.clients.add(thread);
      thread.start();
    }
    return load;
  }

  private void fill(int number) {
    for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
      int cart = (i * ports.size() + number) % carts;
      add(ports.get(number), cart, "p-%d-%d".formatted(number, i));
    }
  }

  private void add(int port, int cart, String product) {
    String item = "{\"productId\":\"%s\",\"name\":\"n\",\"quantity\":1}".formatted(product);
    var request =
        request(port, "/carts/user-" + cart + "/items").POST(BodyPublishers.ofString(item)).build();
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        acknowledged.add(product);
        news.release();
      } else {
        refused(answer.statusCode() + " " + answer.body());
      }
    } catch (IOException e) {
      refused(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void refused(String answer) {
    refusals.add(answer);
    firstRefusal.countDown();
  }

  /** Waits until a command has failed. */
  void awaitRefused() throws InterruptedException {
    assertThat(firstRefusal.await(60, TimeUnit.SECONDS)).as("a command fails").isTrue();
  }

  /** Waits for so many more items that are acknowledged. */
  void awaitAcknowledged(int more) throws InterruptedException {
    news.drainPermits();
    assertThat(news.tryAcquire(more, 90, TimeUnit.SECONDS))
        .as("%d more items; refused so far: %s", more, refusals)
        .isTrue();
  }

  /** How commands failed, each way once. */
  Set<String> refusals() {
    return Set.copyOf(refusals);
  }

  /** No more items. */
  @Override
  public void close() throws InterruptedException {
    clients.forEach(Thread::interrupt);
    for (Thread each : clients) {
      each.join();
    }
  }

  /** Each acknowledged item is in the carts, and no item is in them twice. */
  void assertKeptBy(int port) throws Exception {
    Map<String, Integer> stored = new HashMap<>();
    for (int cart = 0; cart < carts; cart++) {
      String body = get(port, "/carts/user-" + cart);
      for (Matcher item = ITEM.matcher(body); item.find(); ) {
        stored.merge(item.group(1), Integer.parseInt(item.group(2)), Integer::sum);
      }
    }
    assertThat(stored.keySet()).containsAll(acknowledged);
    assertThat(stored.values()).containsOnly(1);
  }

  private String get(int port, String path) throws Exception {
    HttpResponse<String> answer = client.send(request(port, path).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(CALL_PATIENCE);
  }
}
