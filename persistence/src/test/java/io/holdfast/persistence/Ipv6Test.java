// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static io.holdfast.persistence.Events.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import akka.actor.ActorSystem;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.holdfast.persistence.cassandra.CassandraServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Servers that are reached by IPv6. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class Ipv6Test {

  private static InetAddress loopback() {
    var address = new byte[16];
    address[15] = 1;
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void needsIpv6() {
    assumeTrue(hasIpv6(), "this machine has no IPv6");
  }

  private static boolean hasIpv6() {
    try (var socket = new ServerSocket(0, 1, loopback())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void a_postgresql_server_is_reached_with_brackets_and_without() throws Exception {
    Config settings = PostgresServer.freshSettings();
    String keys = "holdfast.persistence.postgres.";
    try (var relay = new Relay(settings.getInt(keys + "port"), loopback())) {
      for (String host : List.of("::1", "[::1]", "[::1]:" + relay.port())) {
        int port = host.endsWith("]") || host.equals("::1") ? relay.port() : 1;
        assertStores(
            "cart|" + host, with(with(settings, keys + "host", host), keys + "port", port));
      }
    }
  }

  @Test
  void a_cassandra_server_is_reached_with_brackets_and_without() throws Exception {
    Config settings = CassandraServer.shared().newKeyspace();
    String keys = "holdfast.persistence.cassandra.";
    try (var relay = new Relay(settings.getInt(keys + "port"), loopback())) {
      for (String host : List.of("::1", "[::1]")) {
        assertStores(
            "cart|" + host,
            with(with(settings, keys + "contact-points", host), keys + "port", relay.port()));
      }
    }
  }

  private static Config with(Config settings, String key, Object value) {
    return settings.withValue(key, ConfigValueFactory.fromAnyRef(value));
  }

  private static void assertStores(String key, Config settings) throws Exception {
    ActorSystem system = ActorSystem.create("ipv6", settings.withFallback(ConfigFactory.load()));
    try {
      Store store = Stores.open(system);
      store.opened().toCompletableFuture().get(60, TimeUnit.SECONDS);
      store.values().put(key, value(1, "one")).toCompletableFuture().get(60, TimeUnit.SECONDS);
      assertThat(store.values().get(key).toCompletableFuture().get(60, TimeUnit.SECONDS))
          .contains(value(1, "one"));
    } finally {
      TestKit.shutdownActorSystem(system);
    }
  }
}
