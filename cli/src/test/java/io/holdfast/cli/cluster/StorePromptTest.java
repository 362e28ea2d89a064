// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.cli.CliException;
import io.holdfast.devservers.LocalServer;
import io.holdfast.devservers.LocalServers;
import io.holdfast.devservers.ServerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server, at the prompt's mercy. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StorePromptTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path data;

  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private LocalServer server;
  private StoreServer store;
  private StorePrompt prompt;

  @BeforeEach
  void start() {
    server = LocalServers.postgres(ServerSettings.fast(data, Path.of("..")));
    store = new StoreServer(server);
    prompt = new StorePrompt(store, said::add);
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private String answer(String verb) {
    said.clear();
    prompt.carryOut(verb);
    return String.valueOf(said.poll());
  }

  private boolean answers() {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void the_server_is_killed_paused_and_stopped_and_comes_back_on_its_port() {
    assertThat(answer("pause")).isEqualTo("PostgreSQL stands still. resume store lets it go on.");
    assertThat(store.status()).endsWith(server.port() + ", paused");
    assertThat(answer("resume")).isEqualTo("PostgreSQL goes on.");
    assertThat(answer("kill")).isEqualTo("PostgreSQL was killed. start store brings it back.");
    assertThat(store.status()).endsWith(", down");
    assertThat(answers()).isFalse();
    assertThatThrownBy(() -> prompt.carryOut("pause"))
        .isInstanceOf(CliException.class)
        .hasMessage("PostgreSQL does not run. start store brings it back.");

    assertThat(answer("start")).startsWith("PostgreSQL takes connections, after");
    assertThat(answers()).isTrue();
    assertThat(answer("stop")).startsWith("PostgreSQL has stopped, after");
    assertThat(answers()).isFalse();
    assertThat(answer("restart")).startsWith("PostgreSQL takes connections, after");
    assertThat(store.status()).endsWith(", up");
    assertThat(said).isEmpty();
  }

  @Test
  void an_end_that_nobody_asked_for_is_told_and_can_be_mended() throws Exception {
    store.tell(said::add);
    ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();

    assertThat(said.poll(20, TimeUnit.SECONDS))
        .isEqualTo("PostgreSQL has ended. start store brings it back.");
    assertThat(store.status()).endsWith(", down");
    assertThat(answer("start")).startsWith("PostgreSQL takes connections, after");
  }
}
