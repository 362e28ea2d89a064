// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra;

import akka.actor.ActorSystem;
import io.holdfast.persistence.EventLog;
import io.holdfast.persistence.EventReader;
import io.holdfast.persistence.Values;
import io.holdfast.persistence.cassandra.block.Blocks;
import io.holdfast.persistence.cassandra.block.Payloads;
import io.holdfast.persistence.cassandra.block.Places;
import io.holdfast.persistence.cassandra.claim.Claims;
import io.holdfast.persistence.cassandra.claim.Fences;
import io.holdfast.persistence.cassandra.database.Cassandra;
import io.holdfast.persistence.plugin.KeptSnapshots;

/** What there is once the servers are found, wired. */
record OpenedCassandra(
    Cassandra cassandra,
    Fences fences,
    Places places,
    Blocks blocks,
    Claims claims,
    Deletions deletions,
    KeptSnapshots snapshots,
    EventReader events,
    EventLog log,
    Values values) {

  /** Blocks: statements are prepared, and this start is counted. */
  static OpenedCassandra of(ActorSystem system, Cassandra cassandra) {
    long writer = Starts.count(cassandra);
    var payloads = new Payloads(cassandra);
    var fences = new Fences(cassandra, writer);
    var places = new Places(writer, System::currentTimeMillis);
    var blocks = new Blocks(cassandra, payloads);
    var claims = new Claims(cassandra, fences, blocks, places, writer);
    return new OpenedCassandra(
        cassandra,
        fences,
        places,
        blocks,
        claims,
        new Deletions(system, cassandra, claims, payloads),
        new SnapshotTable(system, cassandra, payloads),
        new CassandraEventReader(cassandra, claims, blocks),
        new CassandraEventLog(cassandra, blocks, System::currentTimeMillis),
        new CassandraValues(cassandra, payloads));
  }
}
