// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres;

import com.typesafe.config.Config;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.StoreSchema;
import io.holdfast.persistence.postgres.database.PostgresSettings;
import io.holdfast.persistence.postgres.database.Preparing;
import io.holdfast.persistence.postgres.database.Schema;
import io.holdfast.persistence.server.AwayException;

/** The schema in the database. */
public record PostgresSchema(PostgresSettings settings) implements StoreSchema {

  /** Reads {@code holdfast.persistence.postgres}. */
  public static PostgresSchema of(Config postgres) {
    return new PostgresSchema(PostgresSettings.from(postgres));
  }

  @Override
  public String statements() {
    var schema = new Schema(settings.schema());
    return """
        -- The tables of Holdfast's PostgreSQL store.
        BEGIN;
        %s
        COMMIT;

        -- If the proxies use another user than the one who runs this, it needs these rights:
        %s
        """
        .formatted(
            schema.creation().strip(),
            schema
                .grants(settings.server().user())
                .lines()
                .reduce("", (before, line) -> before + "-- " + line + "\n")
                .strip());
  }

  @Override
  public String apply() {
    try {
      return StoreSchema.done(settings.store(), new Preparing(settings).make());
    } catch (AwayException e) {
      throw new StoreException(String.valueOf(e.getMessage()), e);
    }
  }
}
