// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres.database;

import io.holdfast.persistence.server.AwayException;
import io.holdfast.persistence.server.Opening;
import java.sql.Connection;
import java.sql.SQLException;

/** Connects once, and makes sure that the tables are there. */
record Preparing(PostgresSettings settings) implements Opening.Attempt<Schema> {

  @Override
  public Schema open() throws AwayException {
    var schema = new Schema(settings.schema());
    try (Connection connection = settings.dataSource().getConnection()) {
      schema.prepare(connection, settings.createSchema());
      return schema;
    } catch (SQLException e) {
      if (SqlFailure.of(e) == SqlFailure.AWAY) {
        throw new AwayException(SqlFailure.sentence("be reached", settings, e), e);
      }
      throw SqlFailure.during("open", settings, e);
    }
  }

  /** It holds no connection. */
  @Override
  public void release(Schema opened) {}
}
