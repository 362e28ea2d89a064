// SPDX-License-Identifier: Apache-2.0
package io.holdfast.it;

import io.holdfast.devservers.LocalServer;
import io.holdfast.devservers.LocalServers;
import io.holdfast.devservers.ServerSettings;
import java.util.Map;

class PostgresServerTest extends StoreServerContract {

  @Override
  String store() {
    return "postgres";
  }

  @Override
  LocalServer start(ServerSettings settings) {
    return LocalServers.postgres(settings);
  }

  @Override
  Map<String, String> impatience() {
    return Map.of(
        "HOLDFAST_POSTGRES_CONNECT_TIMEOUT", "2s",
        "HOLDFAST_POSTGRES_STATEMENT_TIMEOUT", "2s",
        "HOLDFAST_POSTGRES_CHECK_INTERVAL", "1s");
  }
}
