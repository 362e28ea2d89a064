// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static io.holdfast.persistence.Events.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorSystem;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The ways in which a store's tables come to be. */
@DisplayNameGeneration(ReplaceUnderscores.class)
abstract class SchemaContract {

  private static final String CART = "cart|anna";

  /** The settings of a store without tables, the same at each call. */
  abstract Config settings();

  /** Runs what was printed, as a person would. */
  abstract void runByHand(String statements) throws Exception;

  final Config with(String key, Object value) {
    String path = "holdfast.persistence." + settings().getString("holdfast.store") + "." + key;
    return settings().withValue(path, ConfigValueFactory.fromAnyRef(value));
  }

  private static StoreSchema schema(Config settings) {
    return StoreSchema.of(settings.withFallback(ConfigFactory.load()));
  }

  static void assertUsable(Config settings) {
    ActorSystem system = ActorSystem.create("schema", settings.withFallback(ConfigFactory.load()));
    try {
      Store store = Stores.open(system);
      store.opened().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
      store.values().put(CART, value(1, "one")).toCompletableFuture().join();
      assertThat(store.values().get(CART).toCompletableFuture().join()).contains(value(1, "one"));
    } finally {
      TestKit.shutdownActorSystem(system);
    }
  }

  @Test
  void what_is_printed_and_run_by_hand_is_all_that_a_store_needs() throws Exception {
    String printed = schema(settings()).statements();

    runByHand(printed);
    runByHand(printed);

    assertThat(schema(settings()).apply()).endsWith("has all its tables already.");
    assertUsable(with("create-schema", "off"));
  }

  @Test
  void what_is_applied_is_all_that_a_store_needs_and_is_applied_once() {
    assertThat(schema(settings()).apply()).contains(" has new tables: ");
    assertThat(schema(settings()).apply()).endsWith("has all its tables already.");

    assertUsable(with("create-schema", "off"));
  }

  @Test
  void to_print_needs_no_server_and_to_apply_does() {
    StoreSchema unreachable = schema(with("port", 1));

    assertThat(unreachable.statements()).contains("CREATE TABLE IF NOT EXISTS");
    assertThatThrownBy(unreachable::apply)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void three_proxies_that_start_at_once_on_an_empty_server_all_open() {
    Config all = settings().withFallback(ConfigFactory.load());
    List<ActorSystem> systems =
        Stream.of("one", "two", "three").map(name -> ActorSystem.create(name, all)).toList();
    try {
      List<CompletableFuture<Store>> opening =
          systems.stream()
              .map(system -> CompletableFuture.supplyAsync(() -> Stores.open(system)))
              .toList();
      long revision = 0;
      for (var each : opening) {
        Store store = each.join();
        store.opened().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
        revision++;
        store.values().put(CART, value(revision, "" + revision)).toCompletableFuture().join();
      }
    } finally {
      systems.forEach(TestKit::shutdownActorSystem);
    }
  }
}
