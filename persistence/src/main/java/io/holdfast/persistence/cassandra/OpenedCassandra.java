// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra;

import akka.actor.ActorSystem;
import io.holdfast.persistence.EventLog;
import io.holdfast.persistence.EventReader;
import io.holdfast.persistence.GroupSizes;
import io.holdfast.persistence.Values;
import io.holdfast.persistence.cassandra.block.Blocks;
import io.holdfast.persistence.cassandra.block.Payloads;
import io.holdfast.persistence.cassandra.block.Places;
import io.holdfast.persistence.cassandra.claim.Claims;
import io.holdfast.persistence.cassandra.claim.DeadWriters;
import io.holdfast.persistence.cassandra.claim.Fences;
import io.holdfast.persistence.cassandra.database.Cassandra;
import io.holdfast.persistence.cassandra.tail.Tail;
import io.holdfast.persistence.cassandra.tail.Tails;
import io.holdfast.persistence.plugin.KeptSnapshots;

/**
 * What there is once the servers are found, wired.
 *
 * @param writer the number that everything here is written under
 */
record OpenedCassandra(
    long writer,
    Cassandra cassandra,
    Fences fences,
    Tails tails,
    Tail tail,
    Claims claims,
    DeadWriters deadWriters,
    Deletions deletions,
    KeptSnapshots snapshots,
    EventReader events,
    EventLog log,
    Values values) {

  /**
   * Blocks: statements are prepared, and this start is counted.
   *
   * @param groups are told how many writes each request to the tail holds
   * @param retired is run when this writer turns out to have been taken for dead
   */
  static OpenedCassandra of(
      ActorSystem system, Cassandra cassandra, GroupSizes groups, Runnable retired) {
    long writer = Starts.count(cassandra);
    var payloads = new Payloads(cassandra);
    var tails = new Tails(cassandra);
    var fences =
        new Fences(
            cassandra,
            writer,
            () ->
                tails
                    .writer(writer)
                    .thenApply(
                        found -> {
                          boolean active = found != null && !found.retired();
                          if (!active) {
                            retired.run();
                          }
                          return active;
                        }));
    var places = new Places(writer, System::currentTimeMillis);
    var blocks = new Blocks(cassandra, payloads);
    var tail =
        new Tail(
            tails,
            blocks,
            payloads,
            places,
            fences::look,
            groups,
            writer,
            cassandra.settings().logDelay());
    Starts.join(tail.begin());
    var claims = new Claims(cassandra, fences, blocks, tails, tail, places, writer);
    return new OpenedCassandra(
        writer,
        cassandra,
        fences,
        tails,
        tail,
        claims,
        new DeadWriters(tails, fences, claims, writer, System::nanoTime),
        new Deletions(system, cassandra, claims, payloads),
        new SnapshotTable(system, cassandra, payloads),
        new CassandraEventReader(cassandra, claims, blocks),
        new CassandraEventLog(cassandra, blocks, tail, System::currentTimeMillis),
        new CassandraValues(cassandra, payloads));
  }
}
