// SPDX-License-Identifier: Apache-2.0
package io.holdfast.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.holdfast.devservers.LocalServer;
import io.holdfast.devservers.LocalServers;
import io.holdfast.devservers.ServerSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The three pairs of compose.yaml on a real Cassandra, from the files that the images are built
 * from. The tests are one story, told in order.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(400)
@EnabledOnOs(
    value = OS.LINUX,
    disabledReason = "only Linux has all of the loopback network's addresses without being told")
@SuppressWarnings("NullAway.Init") // JUnit sets them.
class StackTest {

  private static final String CART =
      "{\"items\":[{\"productId\":\"tea\",\"name\":\"Green tea\",\"quantity\":2}],\"checkedOut\":false}";

  @TempDir private static Path directory;

  private static LocalServer cassandra;
  private static Stack stack;

  @BeforeAll
  static void start() throws Exception {
    cassandra =
        LocalServers.cassandra(
            ServerSettings.fast(directory.resolve("cassandra"), Deployment.ROOT));
    stack =
        new Stack(
            ComposeFile.read(Deployment.FILES.resolve("compose.yaml")),
            directory,
            cassandra.environment());
    stack.prepare();
    for (int pair = 1; pair <= 3; pair++) {
      stack.startPair(pair);
    }
  }

  @AfterAll
  static void stop() {
    try (LocalServer store = cassandra;
        Stack pairs = stack) {
      // Closed in the order opposite to that of the start.
    }
  }

  @Test
  @Order(1)
  void three_pairs_become_healthy_on_one_store() throws Exception {
    for (int pair = 1; pair <= 3; pair++) {
      stack.awaitHealthy("function-" + pair);
      stack.awaitHealthy("proxy-" + pair);
      assertThat(stack.maps("proxy-" + pair, "holdfast/prepared/classes.jsa")).isTrue();
      assertThat(stack.maps("function-" + pair, "function/prepared/classes.jsa")).isTrue();
    }
  }

  @Test
  @Order(2)
  void the_three_are_one_cluster() throws Exception {
    String cluster = stack.show("proxy-1", "/cluster");

    assertThat(cluster.split("\"status\":\"Up\"", -1)).as(cluster).hasSize(4);
    assertThat(stack.show("proxy-2", "/metrics"))
        .contains("\nholdfast_cluster_members{status=\"up\"} 3.0\n");
  }

  @Test
  @Order(3)
  void what_one_pair_stores_the_others_show() throws Exception {
    assertThat(
            post(
                Stack.address(1),
                "/carts/ann/items",
                "{\"productId\":\"tea\",\"name\":\"Green tea\",\"quantity\":2}"))
        .isEqualTo("200 {}");
    for (int pair = 1; pair <= 3; pair++) {
      assertThat(get(Stack.address(pair), "/carts/ann")).isEqualTo("200 " + CART);
    }
  }

  @Test
  @Order(4)
  void a_stopped_proxy_ends_in_order_and_the_others_go_on() throws Exception {
    assertThat(stack.stop("proxy-3")).isEqualTo(143);
    assertThat(stack.stop("function-3")).isEqualTo(143);
    assertThat(get(Stack.address(1), "/carts/ann")).isEqualTo("200 " + CART);
    assertThat(get(Stack.address(2), "/carts/ann")).isEqualTo("200 " + CART);
  }

  @Test
  @Order(5)
  void the_load_balancer_finds_those_that_are_ready() throws Exception {
    assumeThat(installed("haproxy")).as("HAProxy is not installed here").isTrue();
    Path configuration = directory.resolve("haproxy.cfg");
    String port = stack.clientsPort();
    Files.writeString(
        configuration,
        stack
            .placed(Deployment.text(Deployment.FILES.resolve("haproxy.cfg")))
            .replace("bind :" + port, "bind 127.77.0.9:" + port));
    Process haproxy =
        new ProcessBuilder("haproxy", "-db", "-f", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("haproxy.log").toFile())
            .start();
    try {
      awaitAnswer("127.77.0.9", "200 " + CART);
      for (String protocol : List.of("--http1.1", "--http2", "--http2-prior-knowledge")) {
        String call = "curl --silent %s http://127.77.0.9:%s/carts/ann".formatted(protocol, port);
        assertThat(Bash.run(call)).as(protocol).isEqualTo(CART);
        assertThat(Bash.run(call)).as(protocol).isEqualTo(CART);
      }
    } finally {
      haproxy.destroyForcibly().onExit().join();
    }
  }

  private static boolean installed(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
  }

  private static void awaitAnswer(String host, String answer) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    String got = "";
    while (!got.equals(answer)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("the last answer was " + got);
      }
      try {
        got = get(host, "/carts/ann");
      } catch (IOException e) {
        got = e.toString();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    }
  }

  private static String get(String host, String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder().GET(), host, path);
  }

  private static String post(String host, String path, String json)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder().POST(BodyPublishers.ofString(json)), host, path);
  }

  private static String send(HttpRequest.Builder request, String host, String path)
      throws IOException, InterruptedException {
    var uri = URI.create("http://%s:%s%s".formatted(host, stack.clientsPort(), path));
    var response =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .build()
            .send(
                request.uri(uri).timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }
}
