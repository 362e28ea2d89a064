// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.driver;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.grpc.Status;
import io.holdfast.bench.load.Population;
import io.holdfast.bench.load.Request;
import io.holdfast.bench.load.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;

/** A table of events in Cassandra: one prepared insert per request, at a quorum. */
public final class CassandraTarget implements Target {

  private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(1);

  private final CqlSession session;
  private final PreparedStatement insert;
  private final Population population;
  private final Counters counters;
  private final Executor loop;

  /**
   * Makes the table, which must not be there yet.
   *
   * @param port of a server on this machine
   * @param loop where requests hear how they ended
   */
  public CassandraTarget(int port, Population population, Executor loop) {
    this.population = population;
    this.counters = new Counters(population.size());
    this.loop = loop;
    this.session =
        CqlSession.builder()
            .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .withLocalDatacenter("datacenter1")
            .build();
    execute(
        "CREATE KEYSPACE bench WITH replication ="
            + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
    execute(
        "CREATE TABLE bench.event (id text, sequence bigint, event blob,"
            + " PRIMARY KEY (id, sequence))");
    this.insert =
        session.prepare(
            SimpleStatement.newInstance(
                    "INSERT INTO bench.event (id, sequence, event) VALUES (?, ?, ?)")
                .setConsistencyLevel(DefaultConsistencyLevel.LOCAL_QUORUM));
  }

  private void execute(String cql) {
    session.execute(SimpleStatement.newInstance(cql).setTimeout(STATEMENT_TIMEOUT));
  }

  @Override
  public void send(Request request) {
    long sequence = counters.next(request.entity());
    var bound =
        insert.bind(population.id(request.entity()), sequence, ByteBuffer.wrap(request.payload()));
    var unused =
        session
            .executeAsync(bound)
            .whenCompleteAsync(
                (rows, failure) -> {
                  if (failure == null) {
                    request.replied(Counters.reply(sequence));
                  } else {
                    request.failed(Status.UNAVAILABLE.withDescription(failure.getMessage()));
                  }
                },
                loop);
  }

  @Override
  public void close() {
    session.close();
  }
}
