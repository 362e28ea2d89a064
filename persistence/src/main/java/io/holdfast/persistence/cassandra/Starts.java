// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.cassandra.database.Cassandra;
import io.holdfast.persistence.server.AwayException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Counts how often a proxy has started. Blocks. */
final class Starts {

  private static final int ATTEMPTS = 20;
  private static final int PLACES_ASKED = 4;

  private Starts() {}

  /** A number that no other start has, even when the outcome of an earlier count was unknown. */
  static long count(Cassandra cassandra) {
    var select = cassandra.prepare("SELECT number FROM {starts} WHERE name = 'proxy'");
    var first =
        cassandra.prepare("INSERT INTO {starts} (name, number) VALUES ('proxy', 1) IF NOT EXISTS");
    var next =
        cassandra.prepare("UPDATE {starts} SET number = ? WHERE name = 'proxy' IF number = ?");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      @Nullable Row before = join(cassandra.one(select.bind()));
      long number = before == null ? 1 : before.getLong("number") + 1;
      var count = before == null ? first.bind() : next.bind(number, number - 1);
      if (join(cassandra.run(count)).wasApplied()) {
        return number;
      }
    }
    throw new StoreException(
        "Too many proxies start at once to get a number from Cassandra; start them again.", null);
  }

  /**
   * Reads from several places in the ring, as entities do; one that answers is enough. A single
   * place would say nothing of the others.
   */
  static void ask(Cassandra cassandra) throws AwayException {
    var select = cassandra.prepare("SELECT number FROM {starts} WHERE name = ?");
    List<CompletableFuture<@Nullable Row>> asked =
        IntStream.range(0, PLACES_ASKED)
            .mapToObj(i -> cassandra.one(select.bind("asked-" + i)).toCompletableFuture())
            .toList();
    StoreException failure = StoreException.closed();
    for (var each : asked) {
      try {
        each.join();
        return;
      } catch (CompletionException e) {
        failure = cause(e);
      }
    }
    throw new AwayException(String.valueOf(failure.getMessage()), failure);
  }

  /** Blocks; its failures are {@link StoreException}s. */
  static <T> T join(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw cause(e);
    }
  }

  private static StoreException cause(CompletionException e) {
    if (e.getCause() instanceof StoreException said) {
      return said;
    }
    throw e;
  }
}
