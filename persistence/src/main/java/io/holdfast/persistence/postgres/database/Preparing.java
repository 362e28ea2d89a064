// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres.database;

import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.server.AwayException;
import io.holdfast.persistence.server.Opening;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Connects once, and makes sure that the tables are there. */
public record Preparing(PostgresSettings settings) implements Opening.Attempt<Schema> {

  @Override
  public Schema open() throws AwayException {
    prepare(settings.createSchema());
    return schema();
  }

  /**
   * Makes the tables that are missing, whatever the settings say of that. Blocks.
   *
   * @return their names
   * @throws AwayException when the server cannot be reached
   * @throws StoreException when something must be changed first
   */
  public List<String> make() throws AwayException {
    return prepare(true);
  }

  private Schema schema() {
    return new Schema(settings.schema());
  }

  private List<String> prepare(boolean create) throws AwayException {
    try (Connection connection = new Servers(settings).getConnection()) {
      return schema().prepare(connection, create);
    } catch (SQLException e) {
      if (SqlFailure.of(e).mayPass()) {
        throw new AwayException(SqlFailure.sentence("be reached", settings, e), e);
      }
      throw SqlFailure.during("open", settings, e);
    }
  }

  /** It holds no connection. */
  @Override
  public void release(Schema opened) {}
}
