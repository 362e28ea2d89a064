// SPDX-License-Identifier: Apache-2.0
package io.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.devservers.LocalServer;
import io.holdfast.devservers.ServerSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Proxies as processes on a real server, which is there, away, and back. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(300)
abstract class StoreServerContract {

  private static final int CLIENTS = 4;
  private static final int CARTS = 64;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path data;

  @SuppressWarnings("NullAway.Init") // Set before each test.
  private LocalServer server;

  private final HttpClient client = HttpClient.newHttpClient();

  /** As in {@code --store}. */
  abstract String store();

  /** Starts the server under test. */
  abstract LocalServer start(ServerSettings settings);

  /** Environment variables by which a proxy does not wait long for a server that hangs. */
  abstract Map<String, String> impatience();

  @BeforeEach
  void startServer() {
    server = start(ServerSettings.durable(data, Pair.ROOT));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  /** Whether a proxy makes tables that are missing. */
  private Map<String, String> settings(String createSchema) {
    var settings = settings();
    settings.put("HOLDFAST_" + store().toUpperCase(Locale.ROOT) + "_CREATE_SCHEMA", createSchema);
    return settings;
  }

  private Map<String, String> settings() {
    var settings = new HashMap<>(server.environment());
    settings.putAll(impatience());
    return settings;
  }

  private HttpResponse<String> call(int port, String method, String path, String body)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private int readiness(Pair pair) throws Exception {
    return call(pair.port(), "GET", "/_holdfast/ready", "").statusCode();
  }

  @Test
  void a_server_that_hangs_under_load_costs_commands_their_answer_and_nothing_stored()
      throws Exception {
    try (Pair pair = Pair.start("shopping-cart", settings())) {
      Carts carts = Carts.filledThrough(Collections.nCopies(CLIENTS, pair.port()), CARTS);
      try (carts) {
        carts.awaitAcknowledged(200);
        server.pause();
        pair.log().await("Commands fail until it is back.");
        assertThat(readiness(pair)).isEqualTo(503);
        carts.awaitRefused();

        server.resume();

        pair.log().await("is reachable again, after");
        assertThat(readiness(pair)).isEqualTo(200);
        carts.awaitAcknowledged(200);
      }
      carts.assertKeptBy(pair.port());
      assertThat(carts.refusals())
          .allSatisfy(answer -> assertThat(answer).startsWith("503 cart/user-"));
      assertOutageIsNotRepeated(pair.log().all());
      try (Pair again = Pair.start("shopping-cart", settings())) {
        carts.assertKeptBy(again.port());
      }
    }
  }

  private static void assertOutageIsNotRepeated(List<String> log) {
    assertThat(log).noneMatch(line -> line.contains(" ERROR ") || line.startsWith("\tat "));
    assertThat(log).filteredOn(line -> line.contains(" WARN ")).hasSizeLessThan(5);
  }

  @Test
  void a_value_on_tables_made_beforehand_is_there_after_a_restart_of_everything() throws Exception {
    try (Holdfast schema =
        Holdfast.start(server.environment(), "schema", "apply", "--store", store())) {
      schema.await(" has new tables: ");
      assertThat(schema.exitCode()).isZero();
    }
    String profile = "{\"name\":\"Anna\",\"email\":\"anna@example.com\"}";
    try (Pair pair = Pair.start("profile", settings("off"))) {
      assertThat(call(pair.port(), "PUT", "/profiles/anna", profile).body()).isEqualTo(profile);
    }
    server.restart();
    try (Pair pair = Pair.start("profile", settings())) {
      assertThat(call(pair.port(), "GET", "/profiles/anna", "").body()).isEqualTo(profile);
    }
  }
}
