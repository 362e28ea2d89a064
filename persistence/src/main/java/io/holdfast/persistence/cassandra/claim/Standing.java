// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.claim;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.HashSet;
import java.util.Set;

/** What is known of an entity beside its events. */
public record Standing(
    long epoch, long owner, Set<Long> victims, long settled, long part, long deletedTo) {

  static Standing of(Row row) {
    Set<Long> victims = row.getSet("victims", Long.class);
    return new Standing(
        row.getLong("epoch"),
        row.getLong("owner"),
        victims == null ? Set.of() : victims,
        // The first claim has nobody's writes to settle.
        Math.max(row.getLong("settled"), row.getLong("epoch") == 1 ? 1 : 0),
        row.getLong("part"),
        row.getLong("deleted_to"));
  }

  /** All whose writes may count, and may not stand in the entity's history yet. */
  public Set<Long> writers() {
    Set<Long> writers = settled == epoch ? new HashSet<>() : new HashSet<>(victims);
    writers.add(owner);
    return writers;
  }
}
