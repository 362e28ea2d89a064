// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres;

import io.holdfast.persistence.GroupSizes;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.WriteRefusedException;
import io.holdfast.persistence.plugin.Outcome;
import io.holdfast.persistence.postgres.LaneGroup.Change;
import io.holdfast.persistence.postgres.database.Database;
import io.holdfast.persistence.postgres.database.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores a group in one transaction and tells everyone how it went. Who may not write is told so,
 * and the others go on without them. A transaction that lost against another one is tried again:
 * what was in its way is decided by then.
 */
final class GroupCommit {

  private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);
  private static final int ATTEMPTS_MAX = 10;

  private final Database database;
  private final GroupSizes sizes;

  GroupCommit(Database database, GroupSizes sizes) {
    this.database = database;
    this.sizes = sizes;
  }

  void store(LaneGroup group) {
    for (int attempt = 1; !group.isEmpty(); attempt++) {
      try {
        Map<Change<?>, WriteRefusedException> refused = attempt(group);
        if (refused.isEmpty()) {
          sizes.stored(group.writes());
          group.changes().forEach(change -> tell(change, Outcome::stored));
          return;
        }
        refused.forEach(
            (change, cause) -> {
              group.remove(change);
              fail(change, cause);
            });
      } catch (SQLException e) {
        SqlFailure failure = SqlFailure.of(e);
        if (failure == SqlFailure.NOT_STORABLE && group.changes().size() > 1) {
          group.single().forEach(this::store);
          return;
        }
        if (failure != SqlFailure.CONTESTED || attempt == ATTEMPTS_MAX) {
          failAll(group, failure, database.failed("write", e));
          return;
        }
      } catch (RuntimeException e) {
        group.changes().forEach(change -> fail(change, e));
        return;
      } catch (Error e) {
        log.error("A transaction of the PostgreSQL store broke", e);
        group.changes().forEach(change -> fail(change, Lane.broken(e)));
        return;
      }
    }
  }

  private Map<Change<?>, WriteRefusedException> attempt(LaneGroup group) throws SQLException {
    try (Connection connection = database.borrow()) {
      boolean isOneStatement = group.isOneStatement();
      connection.setAutoCommit(isOneStatement);
      // Left by an exception, the transaction is rolled back when the connection goes back.
      Map<Change<?>, WriteRefusedException> refused = group.write(connection);
      if (isOneStatement) {
        return refused;
      }
      if (refused.isEmpty()) {
        connection.commit();
      } else {
        connection.rollback();
      }
      return refused;
    }
  }

  private static void failAll(LaneGroup group, SqlFailure failure, StoreException said) {
    for (Change<?> change : group.changes()) {
      fail(
          change,
          failure == SqlFailure.NOT_STORABLE
              ? WriteRefusedException.notStorable(
                  change.persistenceId, String.valueOf(said.getMessage()))
              : said);
    }
  }

  private static void fail(Change<?> change, RuntimeException cause) {
    tell(change, outcome -> outcome.failed(cause));
  }

  /** One that cannot be told keeps nobody else from hearing. */
  private static void tell(Change<?> change, Consumer<Outcome> how) {
    for (Outcome outcome : change.outcomes) {
      try {
        how.accept(outcome);
      } catch (RuntimeException | Error e) {
        log.error("{} could not be told how a write ended", change.persistenceId, e);
      }
    }
  }
}
