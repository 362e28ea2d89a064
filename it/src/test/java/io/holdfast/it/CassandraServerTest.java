// SPDX-License-Identifier: Apache-2.0
package io.holdfast.it;

import io.holdfast.devservers.LocalServer;
import io.holdfast.devservers.LocalServers;
import io.holdfast.devservers.ServerSettings;
import java.util.Map;

class CassandraServerTest extends StoreServerContract {

  @Override
  String store() {
    return "cassandra";
  }

  @Override
  LocalServer start(ServerSettings settings) {
    return LocalServers.cassandra(settings);
  }

  @Override
  Map<String, String> impatience() {
    return Map.of(
        "HOLDFAST_CASSANDRA_REQUEST_TIMEOUT", "2s",
        "HOLDFAST_CASSANDRA_CHECK_INTERVAL", "1s");
  }
}
