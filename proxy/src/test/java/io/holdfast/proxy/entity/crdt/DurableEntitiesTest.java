// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import static io.holdfast.proxy.entity.crdt.CrdtFunction.delete;
import static io.holdfast.proxy.entity.crdt.CrdtFunction.reply;
import static io.holdfast.proxy.entity.crdt.CrdtFunction.update;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.embedded.EmbeddedSettings;
import io.holdfast.persistence.embedded.RocksRecords;
import io.holdfast.persistence.record.RecordBatch;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.PNCounterDelta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CRDT entities of which all nodes are stopped, and started again. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DurableEntitiesTest {

  private static final CrdtDelta ONE =
      CrdtDelta.newBuilder().setPncounter(PNCounterDelta.newBuilder().setChange(1)).build();
  private static final CrdtDelta TWO =
      CrdtDelta.newBuilder().setPncounter(PNCounterDelta.newBuilder().setChange(2)).build();

  private final Path directory;

  DurableEntitiesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private CrdtNode start() {
    return CrdtNode.alone(
        Map.of(
            "holdfast.crdt.durable",
            "on",
            "holdfast.crdt.directory",
            directory.resolve("crdt").toString(),
            "holdfast.crdt.pruning-interval",
            "200ms",
            "holdfast.crdt.pruning-dissemination",
            "200ms"));
  }

  @Test
  void states_and_deletions_are_there_again_when_all_nodes_were_stopped() {
    try (var node = start()) {
      node.function.answerAll(command -> update(command.getId(), "done", ONE));
      assertThat(node.command("kept", "add").hears()).isEqualTo("done");
      node.function.answerAll(command -> delete(command.getId(), "deleted"));
      assertThat(node.command("gone", "delete").hears()).isEqualTo("deleted");
    }
    try (var node = start()) {
      node.function.answerAll(command -> update(command.getId(), "done", ONE));
      assertThat(node.command("kept", "add").hears()).isEqualTo("done");
      assertThat(node.function.nextStream("kept").nextInit().getDelta()).isEqualTo(ONE);
      assertThat(node.command("gone", "add").hears()).contains("NOT_FOUND");
    }
    try (var node = start()) {
      node.function.answerAll(command -> reply(command.getId(), "read"));
      assertThat(node.command("kept", "read").hears()).isEqualTo("read");
      assertThat(node.function.nextStream("kept").nextInit().getDelta()).isEqualTo(TWO);
    }
  }

  @Test
  void the_largest_state_is_there_again_too() {
    var largest = LargeStatesTest.largest(1, 0);
    try (var node = start()) {
      node.function.answerAll(command -> update(command.getId(), "done", largest));
      assertThat(node.command("large", "add").hears()).isEqualTo("done");
    }
    try (var node = start()) {
      node.function.answerAll(command -> reply(command.getId(), "read"));
      assertThat(node.command("large", "read").hears()).isEqualTo("read");
      assertThat(node.function.nextStream("large").nextInit().getDelta()).isEqualTo(largest);
    }
  }

  @Test
  void a_directory_that_is_in_use_stops_the_start() {
    try (var node = start()) {
      assertThatThrownBy(this::start)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("is in use by another proxy");
      node.function.answerAll(command -> reply(command.getId(), "fine"));
      assertThat(node.command("a", "read").hears()).isEqualTo("fine");
    }
  }

  @Test
  void a_state_that_cannot_be_read_stops_the_start() {
    try (var node = start()) {
      node.function.answerAll(command -> update(command.getId(), "done", ONE));
      assertThat(node.command("kept", "add").hears()).isEqualTo("done");
    }
    var settings = new EmbeddedSettings(directory.resolve("crdt"), 1 << 20, 1 << 20);
    try (var records = RocksRecords.open(settings, System::nanoTime)) {
      records.commit(new RecordBatch().put("cbad".getBytes(US_ASCII), new byte[] {1, 2, 3}));
    }

    assertThatThrownBy(this::start)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("The state of CRDT entity bad in ")
        .hasMessageContaining("damaged");
  }

  @Test
  void a_directory_that_cannot_be_made_stops_the_start() throws IOException {
    Files.writeString(directory.resolve("crdt"), "a file");

    assertThatThrownBy(this::start)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be made");
  }
}
