// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import com.typesafe.config.Config;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;

/** All that stores promise, held to one store. */
@DisplayNameGeneration(ReplaceUnderscores.class)
abstract class EveryContract {

  /** Settings of a store that is empty, another one each time. */
  abstract Config emptyStore();

  @Nested
  class Stores extends StoreContract {
    private final Config settings = emptyStore();

    @Override
    Config settings() {
      return settings;
    }
  }

  @Nested
  class EventLogs extends EventLogContract {
    private final Config settings = emptyStore();

    @Override
    Config settings() {
      return settings;
    }
  }

  @Nested
  class ValueStores extends ValuesContract {
    private final Config settings = emptyStore();

    @Override
    Config settings() {
      return settings;
    }
  }
}
