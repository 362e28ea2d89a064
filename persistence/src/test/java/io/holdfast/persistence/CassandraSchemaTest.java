// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.Config;
import io.holdfast.persistence.cassandra.CassandraServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.stream.Stream;

class CassandraSchemaTest extends SchemaContract {

  private final Config settings = CassandraServer.shared().newKeyspace();

  @Override
  Config settings() {
    return settings;
  }

  @Override
  void runByHand(String statements) {
    int port = settings.getInt("holdfast.persistence.cassandra.port");
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .withLocalDatacenter("datacenter1")
            .build()) {
      session.setSchemaMetadataEnabled(false);
      String commented = statements.replaceAll("(?m)^--.*", "");
      Stream.of(commented.split(";", -1)).filter(cql -> !cql.isBlank()).forEach(session::execute);
    }
  }
}
