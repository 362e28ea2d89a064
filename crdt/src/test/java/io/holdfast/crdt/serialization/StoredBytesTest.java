// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.serialization;

import static io.holdfast.crdt.Deltas.add;
import static io.holdfast.crdt.Deltas.flag;
import static io.holdfast.crdt.Deltas.gcounter;
import static io.holdfast.crdt.Deltas.gset;
import static io.holdfast.crdt.Deltas.pncounter;
import static io.holdfast.crdt.Deltas.put;
import static io.holdfast.crdt.Deltas.register;
import static io.holdfast.crdt.Deltas.remove;
import static io.holdfast.crdt.Deltas.vote;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.crdt.ReplicatedState;
import io.holdfast.crdt.SimulatedNode;
import io.holdfast.protocol.crdt.CrdtClock;
import io.holdfast.protocol.crdt.CrdtDelta;
import java.io.NotSerializableException;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * The bytes that nodes of other releases send and that durable nodes keep. A change here means that
 * clusters cannot be upgraded while they run, and that what was kept is lost.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StoredBytesTest {

  private static final String ADDRESS = hex("akka://holdfast@127.0.0.1:2551");
  private static final String REPLICA = "1a2b0a1e[address]114d0000000000000020";
  private static final String TYPE = hex("p.cloudstate.io/string");

  private final ReplicatedStateSerializer serializer = new ReplicatedStateSerializer();
  private final SimulatedNode node = SimulatedNode.cluster(2)[0];

  @Test
  void its_identifier_and_manifest_are_fixed() {
    assertThat(serializer.identifier()).isEqualTo(7402);
    assertThat(serializer.manifest(ReplicatedState.EMPTY)).isEqualTo("s");
  }

  @Test
  void nothing_and_a_deletion_are_written_so() {
    assertThat(hex(ReplicatedState.EMPTY)).isEmpty();
    assertThat(hex(ReplicatedState.DELETED)).isEqualTo("1001");
  }

  @Test
  void counters_are_written_so() {
    assertThat(bytes(gcounter(3), gcounter(4))).isEqualTo("0a08080112041002180e" + REPLICA + "02");
  }

  @Test
  void counters_that_go_both_ways_are_written_so() {
    assertThat(bytes(pncounter(-1))).isEqualTo("0a080802120410011801" + REPLICA + "01");
  }

  @Test
  void sets_are_written_so() {
    assertThat(bytes(gset("b", "a")))
        .isEqualTo(
            "0a4408031a1f0a16[type]1201611a0210021a1f0a16[type]1201621a021001" + REPLICA + "02");
  }

  @Test
  void sets_with_removal_are_written_so() {
    assertThat(bytes(add("b", "a"), remove("b")))
        .isEqualTo("0a2308041a1f0a16[type]1201611a021002" + REPLICA + "02");
  }

  @Test
  void registers_are_written_so() {
    assertThat(bytes(register("a", CrdtClock.CUSTOM, 5)))
        .isEqualTo("0a230805121f1001180a2216[type]2a0161" + REPLICA + "01");
  }

  @Test
  void flags_are_written_so() {
    assertThat(bytes(flag(true))).isEqualTo("0a06080612021001" + REPLICA + "01");
  }

  @Test
  void votes_are_written_so() {
    assertThat(bytes(vote(true))).isEqualTo("0a080808120410011802" + REPLICA + "01");
  }

  @Test
  void maps_are_written_so() {
    assertThat(bytes(put("k", flag(true))))
        .isEqualTo("0a2b080722270a16[type]12016b1a0210022206080612021001" + REPLICA + "02");
  }

  @Test
  void what_takes_over_from_a_node_that_left_is_written_so() {
    node.write(flag(true));
    var other = SimulatedNode.cluster(2)[1];
    other.receive(node.replica);
    other.inherit(node.address);

    assertThat(hex(other.replica))
        .isEqualTo(
            "0a06080612021001"
                + "1a2d0a1e"
                + hex("akka://holdfast@127.0.0.1:2552")
                + "114e0000000000000018012001");
  }

  @Test
  void a_context_with_gaps_is_written_so() {
    node.write(gset("a"));
    var second = node.write(gset("b"));

    assertThat(hex(second))
        .isEqualTo("0a2308031a1f0a16[type]1201621a0210021a2c0a1e[address]114d000000000000002a0102");
  }

  @Test
  void what_is_damaged_or_of_a_newer_release_is_refused() {
    for (String bytes : new String[] {"ff", "0a020863", "0a0408011200", "0a0608011202080a"}) {
      assertThatThrownBy(() -> serializer.fromBinary(HexFormat.of().parseHex(bytes), "s"))
          .isInstanceOf(NotSerializableException.class)
          .hasMessageContaining("damaged");
    }
    assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "t"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("newer release");
  }

  private String bytes(CrdtDelta... deltas) {
    for (CrdtDelta delta : deltas) {
      node.write(delta);
    }
    return hex(node.replica);
  }

  // Addresses and types are the same in all: out of the way, so that the rest can be read.
  private String hex(ReplicatedState state) {
    return HexFormat.of()
        .formatHex(serializer.toBinary(state))
        .replace(ADDRESS, "[address]")
        .replace(TYPE, "[type]");
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(US_ASCII));
  }
}
