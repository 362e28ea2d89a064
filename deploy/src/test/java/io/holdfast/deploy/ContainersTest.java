// SPDX-License-Identifier: Apache-2.0
package io.holdfast.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * The images, built and run as a pair, where an engine answers and the base image can be had
 * ({@code -Dholdfast.base-image} names another). The tests are one story, told in order.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(600)
@SuppressWarnings("NullAway.Init") // JUnit sets them.
class ContainersTest {

  private static final String BASE =
      System.getProperty("holdfast.base-image", "eclipse-temurin:17-jre");
  private static final String NAME = "holdfast-test-" + ProcessHandle.current().pid();
  private static final String PROXY = NAME + "-proxy";
  private static final String FUNCTION = NAME + "-function";
  private static final long PATIENCE_SECONDS = 60;

  private static Engine engine;
  private static String obstacle = "";

  @BeforeAll
  static void build() throws Exception {
    Optional<Engine> found = Engine.find();
    if (found.isEmpty()) {
      obstacle = "no image engine answers here";
      return;
    }
    engine = found.orElseThrow();
    if (!engine.succeeds("image", "inspect", BASE) && !engine.succeeds("pull", BASE)) {
      obstacle = "the base image " + BASE + " is not to be had here";
      return;
    }
    for (String image : List.of("proxy", "sample")) {
      engine.run(
          "build",
          "--build-arg",
          "BASE_IMAGE=" + BASE,
          "--tag",
          NAME + '-' + image,
          Deployment.IMAGES.resolve(image).toString());
    }
  }

  // For each test, so that each is seen to be skipped.
  @BeforeEach
  void whatIsNeededIsHere() {
    assumeThat(obstacle).isEmpty();
  }

  @AfterAll
  static void remove() throws Exception {
    if (engine != null) {
      engine.succeeds("rm", "--force", FUNCTION);
      engine.succeeds("rm", "--force", PROXY);
      engine.succeeds("rmi", "--force", NAME + "-proxy", NAME + "-sample");
    }
  }

  private static void start(String name, String image, String network) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("run", "--detach", "--name", name, "--network", network));
    arguments.addAll(List.of("--read-only", "--tmpfs", "/tmp:rw,exec,size=128m"));
    arguments.addAll(List.of("--cap-drop", "ALL", "--security-opt", "no-new-privileges"));
    // Asked for below: not every engine has a clock for it.
    arguments.addAll(List.of("--no-healthcheck", "--memory", "640m", "--cpus", "1", image));
    engine.run(arguments.toArray(String[]::new));
  }

  @Test
  @Order(1)
  void a_pair_becomes_ready_without_any_right_it_does_not_need() throws Exception {
    start(PROXY, NAME + "-proxy", "none");
    start(FUNCTION, NAME + "-sample", "container:" + PROXY);

    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!engine.succeeds("exec", PROXY, "/opt/holdfast/bin/check", "ready")) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not ready:\n" + engine.run("logs", PROXY));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
    assertThat(engine.succeeds("exec", FUNCTION, "/opt/function/bin/check")).isTrue();
    assertThat(engine.run("exec", PROXY, "id", "-u")).isEqualTo("10001");
    assertThat(engine.succeeds("exec", PROXY, "touch", "/opt/holdfast/new")).isFalse();
  }

  @Test
  @Order(2)
  void it_runs_on_its_class_archive_and_on_the_collector_for_one_core() throws Exception {
    String jvm = engine.run("exec", PROXY, "cat", "/proc/1/cmdline", "/proc/1/maps");

    assertThat(jvm).contains("-XX:+UseSerialGC", "/opt/holdfast/prepared/classes.jsa");
  }

  @Test
  @Order(3)
  void a_cart_outlives_the_proxys_container() throws Exception {
    assertThat(call("POST", "/carts/ann/items", "{\"productId\":\"tea\",\"quantity\":2}"))
        .contains("200 OK");
    engine.run("restart", PROXY);
    engine.run("restart", FUNCTION);

    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!engine.succeeds("exec", PROXY, "/opt/holdfast/bin/check", "ready")) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
    assertThat(call("GET", "/carts/ann", "")).contains("\"productId\":\"tea\"");
  }

  @Test
  @Order(4)
  void it_stops_in_order_when_it_is_told_to() throws Exception {
    engine.run("stop", "--time", "30", PROXY);

    assertThat(engine.run("inspect", "--format", "{{.State.ExitCode}}", PROXY)).isEqualTo("143");
  }

  // From inside: the containers have no network but their own.
  private static String call(String method, String path, String json) throws Exception {
    String request =
        "%s %s HTTP/1.1\\r\\nhost: carts\\r\\nconnection: close\\r\\ncontent-type: application/json\\r\\ncontent-length: %d\\r\\n\\r\\n"
            .formatted(method, path, json.length());
    return engine.run(
        "exec",
        PROXY,
        "bash",
        "-c",
        "exec 3<> /dev/tcp/127.0.0.1/9000; printf '%s' >&3; printf '%%s' '%s' >&3; cat <&3"
            .formatted(request, json));
  }
}
