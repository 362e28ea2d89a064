// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import com.typesafe.config.Config;
import io.holdfast.persistence.cassandra.CassandraServer;

class CassandraStoreTest extends StoreContract {

  @Override
  Config settings() {
    return CassandraServer.shared().newKeyspace();
  }
}
