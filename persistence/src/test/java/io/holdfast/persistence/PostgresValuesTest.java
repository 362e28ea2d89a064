// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import com.typesafe.config.Config;

class PostgresValuesTest extends ValuesContract {

  private final Config settings = PostgresServer.freshSettings();

  @Override
  Config settings() {
    return settings;
  }
}
