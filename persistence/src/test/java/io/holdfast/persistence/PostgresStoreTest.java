// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import com.typesafe.config.Config;

class PostgresStoreTest extends StoreContract {

  private final Config settings = PostgresServer.freshSettings();

  @Override
  Config settings() {
    return settings;
  }
}
