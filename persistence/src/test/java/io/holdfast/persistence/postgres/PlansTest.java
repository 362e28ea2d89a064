// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.persistence.Events;
import io.holdfast.persistence.PostgresServer;
import io.holdfast.persistence.postgres.database.Database;
import io.holdfast.persistence.postgres.database.Ids;
import io.holdfast.persistence.record.LogRecords.Slices;
import io.holdfast.storage.v1.StoredEvent;
import io.holdfast.storage.v1.StoredValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What the server looks at to carry out our statements. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PlansTest {

  private static final int EVENTS = 40_000;
  private static final int TYPES = 5;

  // Of one entity of each type, in no order on the disk, and statistics of them all.
  private static final String FILL =
      """
      INSERT INTO $.event (persistence_id, sequence, entity_type, slice, log_offset, event)
      SELECT ('type' || i %% %2$d || '|a')::bytea, i / %2$d + 1, ('type' || i %% %2$d)::bytea,
        i %% 1024, i, ''
      FROM generate_series(0, %1$d - 1) AS i ORDER BY md5(i::text);
      ANALYZE $.event
      """
          .formatted(EVENTS, TYPES);

  private final Database database = PostgresServer.freshDatabase();
  private final StoredEvents events = new StoredEvents(database);

  @BeforeEach
  void open() throws Exception {
    database.open();
    database.opened().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private void fill() {
    int unused =
        database.use(
            "write",
            connection -> {
              try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(database.schema().in(FILL));
              }
            });
  }

  @AfterEach
  void close() {
    database.close();
  }

  private List<String> planOf(String statement, Object... parameters) {
    return database.read(
        connection -> {
          try (PreparedStatement explain =
              connection.prepareStatement("EXPLAIN " + database.schema().in(statement))) {
            for (int i = 0; i < parameters.length; i++) {
              explain.setObject(i + 1, parameters[i]);
            }
            var lines = new ArrayList<String>();
            try (ResultSet plan = explain.executeQuery()) {
              while (plan.next()) {
                lines.add(plan.getString(1).strip());
              }
            }
            return lines;
          }
        });
  }

  @Test
  void a_page_of_a_long_log_is_read_in_its_order_and_not_sorted() {
    fill();

    assertThat(planOf(StoredEvents.OF_TYPE, Ids.bytes("type1"), 0, 1023, -1L))
        .noneMatch(line -> line.contains("Sort Key"))
        .anyMatch(line -> line.contains("Index Scan using event_log"));
    assertThat(events.page(new Slices("type1", 0, 1023), -1).items()).hasSize(512);
  }

  @Test
  void what_is_written_looks_things_up_by_indexes_though_the_tables_are_still_empty() {
    var events = new LaneGroup.Change<StoredEvent>("cart|anna", Ids.bytes("cart|anna"), 0);
    events.items.add(Events.event(1, "1"));
    var values = new LaneGroup.Change<StoredValue>("user|anna", Ids.bytes("user|anna"), 0);
    values.items.add(Events.value(1, "1"));

    List<Long> scans =
        database.use(
            "write",
            connection -> {
              connection.setAutoCommit(false);
              assertThat(new EventInserts(database.schema()).write(connection, List.of(events)))
                  .isEmpty();
              assertThat(new ValueUpserts(database.schema()).write(connection, List.of(values)))
                  .isEmpty();
              return List.of(scans(connection, "event"), scans(connection, "value"));
            });

    assertThat(scans).containsOnly(0L);
  }

  /** How often the transaction of a connection has read a whole table. */
  private long scans(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_stat_get_xact_numscans(?::regclass)")) {
      statement.setString(1, database.schema().in("$." + table));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
