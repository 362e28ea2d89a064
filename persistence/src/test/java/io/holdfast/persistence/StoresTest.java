// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.persistence.Recovery;
import akka.serialization.SerializationExtension;
import akka.serialization.SerializerWithStringManifest;
import akka.stream.javadsl.Sink;
import akka.testkit.javadsl.TestKit;
import com.google.protobuf.Message;
import com.typesafe.config.ConfigFactory;
import io.holdfast.persistence.Entities.Append;
import io.holdfast.persistence.Entities.Recovered;
import io.holdfast.persistence.Entities.Stored;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening and closing, and the sentences that a wrong setup gives. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StoresTest {

  private final Path temporary;

  StoresTest(@TempDir Path temporary) {
    this.temporary = temporary;
  }

  @Test
  void the_embedded_store_is_the_default() {
    with(
        Map.of("holdfast.persistence.embedded.directory", temporary.resolve("data").toString()),
        system -> {
          assertThat(Stores.open(system).name()).isEqualTo("embedded");
          assertThat(Stores.open(system)).isSameAs(Stores.open(system));
        });
  }

  @Test
  void what_one_actor_system_stored_the_next_one_in_the_same_process_reads() {
    var settings = embedded(temporary);
    with(
        settings,
        system -> {
          var observer = new TestKit(system);
          var entities = new Entities(Stores.open(system), observer.getRef());
          ActorRef entity = system.actorOf(entities.props("cart|a", Recovery.create()));
          observer.expectMsgClass(Recovered.class);
          entity.tell(Append.of(Events.event(1, "a")), ActorRef.noSender());
          observer.expectMsgClass(Stored.class);
        });

    with(
        settings,
        system ->
            assertThat(
                    Stores.open(system)
                        .events()
                        .read("cart|a", 1, 9)
                        .runWith(Sink.seq(), system)
                        .toCompletableFuture()
                        .join())
                .containsExactly(Events.event(1, "a")));
  }

  @Test
  void two_stores_may_not_share_a_directory() {
    with(
        embedded(temporary),
        first -> {
          Stores.open(first);
          assertRefused(embedded(temporary), "is in use by another proxy; stop that one or set");
        });
  }

  @Test
  void stores_of_a_later_release_and_unknown_ones_are_named() {
    assertRefused(
        Map.of("holdfast.store", "tape"),
        "There is no store 'tape'; set holdfast.store (HOLDFAST_STORE) to embedded, postgres, cassandra or memory.");
  }

  @Test
  void settings_of_cassandra_that_would_lose_events_are_named() {
    assertRefused(
        Map.of("holdfast.store", "cassandra", "holdfast.persistence.cassandra.consistency", "ONE"),
        "consistency is not usable; use one of [ALL, LOCAL_QUORUM, QUORUM].");
  }

  @Test
  void a_directory_that_is_a_file_is_named() throws Exception {
    Path file = Files.createFile(temporary.resolve("file"));

    assertRefused(embedded(file), "set HOLDFAST_DATA_DIR to a directory");
    assertRefused(embedded(file.resolve("data")), "set HOLDFAST_DATA_DIR to a directory");
  }

  @Test
  void a_directory_that_nobody_may_write_to_is_named() {
    // Not even the superuser makes files there.
    Path processes = Path.of("/proc/self");
    assumeThat(processes).isDirectory();

    assertRefused(embedded(processes), "give the proxy write access or set HOLDFAST_DATA_DIR");
    assertRefused(embedded(processes.resolve("data")), "set HOLDFAST_DATA_DIR to a directory");
  }

  @Test
  void a_directory_without_write_permission_is_named() throws Exception {
    Path directory = Files.createDirectory(temporary.resolve("data"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeThat(Files.isWritable(directory)).as("the superuser may write anyway").isFalse();

    assertRefused(embedded(directory), "give the proxy write access or set HOLDFAST_DATA_DIR");
  }

  @Test
  void a_store_that_did_not_open_keeps_its_directory_free() throws Exception {
    Path data = temporary.resolve("data");
    with(embedded(data), Stores::open);
    Path watermark = data.resolve("watermark");
    byte[] sound = Files.readAllBytes(watermark);
    Files.write(watermark, new byte[] {1});
    assertRefused(embedded(data), "watermark is damaged");

    Files.write(watermark, sound);

    with(embedded(data), Stores::open);
  }

  @Test
  void akkas_own_plugins_store_the_same_bytes() {
    with(
        Map.of("holdfast.store", "memory"),
        system -> {
          var serialization = SerializationExtension.get(system);
          for (var stored : new Message[] {Events.event(1, "a"), Events.snapshot(1, "a")}) {
            var serializer = (SerializerWithStringManifest) serialization.findSerializerFor(stored);
            assertThat(serializer.identifier()).isEqualTo(7401);
            assertThat(serializer.toBinary(stored)).isEqualTo(stored.toByteArray());
            var read =
                serialization.deserialize(stored.toByteArray(), 7401, serializer.manifest(stored));
            assertThat(read.get()).isEqualTo(stored);
          }
          assertThat(serialization.deserialize(new byte[] {1}, 7401, "e").isFailure()).isTrue();
          assertThat(serialization.deserialize(new byte[0], 7401, "z").isFailure()).isTrue();
        });
  }

  private static Map<String, String> embedded(Path directory) {
    return Map.of(
        "holdfast.store",
        "embedded",
        "holdfast.persistence.embedded.directory",
        directory.toString());
  }

  private static void assertRefused(Map<String, String> settings, String sentence) {
    with(
        settings,
        system ->
            assertThatThrownBy(() -> Stores.open(system))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(sentence));
  }

  private static void with(Map<String, String> settings, Consumer<ActorSystem> use) {
    var config = ConfigFactory.parseMap(settings).withFallback(ConfigFactory.load());
    ActorSystem system = ActorSystem.create("store", config);
    try {
      use.accept(system);
    } finally {
      TestKit.shutdownActorSystem(system);
    }
  }
}
