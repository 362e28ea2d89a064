// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.driver;

import io.grpc.Status;
import io.holdfast.bench.load.Population;
import io.holdfast.bench.load.Request;
import io.holdfast.bench.load.Target;
import io.holdfast.bench.process.BenchException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A table of events in PostgreSQL: one prepared insert per request, each in a transaction of its
 * own, over several connections, so that the server can share the write to its disk among those
 * that commit at the same time.
 */
public final class PostgresTarget implements Target {

  private static final String TABLE =
      "CREATE TABLE bench_event (id text, sequence bigint, event bytea NOT NULL,"
          + " PRIMARY KEY (id, sequence))";
  private static final String INSERT =
      "INSERT INTO bench_event (id, sequence, event) VALUES (?, ?, ?)";

  private final Population population;
  private final Counters counters;
  private final Executor loop;
  private final BlockingQueue<Event> waiting = new LinkedBlockingQueue<>();
  private final List<Connection> connections = new ArrayList<>();

  private record Event(Request request, long sequence) {}

  /**
   * Makes the table, which must not be there yet.
   *
   * @param port of a server on this machine
   * @param writers how many connections write at once
   * @param loop where requests hear how they ended
   */
  public PostgresTarget(int port, int writers, Population population, Executor loop) {
    this.population = population;
    this.counters = new Counters(population.size());
    this.loop = loop;
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    try {
      for (int i = 0; i < writers; i++) {
        connections.add(DriverManager.getConnection(url));
      }
      try (Statement statement = connections.get(0).createStatement()) {
        statement.execute(TABLE);
      }
    } catch (SQLException e) {
      close();
      throw BenchException.because("cannot write to PostgreSQL", e);
    }
    for (Connection connection : connections) {
      var writer = new Thread(() -> write(connection), "postgres-driver");
      writer.setDaemon(true);
      writer.start();
    }
  }

  @Override
  public void send(Request request) {
    waiting.add(new Event(request, counters.next(request.entity())));
  }

  private void write(Connection connection) {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      while (!connection.isClosed()) {
        Event event = waiting.take();
        Status status = write(insert, event);
        loop.execute(() -> end(event, status));
      }
    } catch (SQLException e) {
      // Closed; nothing is under way then.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Status write(PreparedStatement insert, Event event) {
    try {
      insert.setString(1, population.id(event.request().entity()));
      insert.setLong(2, event.sequence());
      insert.setBytes(3, event.request().payload());
      insert.executeUpdate();
      return Status.OK;
    } catch (SQLException e) {
      return Status.UNAVAILABLE.withDescription(e.getMessage());
    }
  }

  private static void end(Event event, Status status) {
    if (status.isOk()) {
      event.request().replied(Counters.reply(event.sequence()));
    } else {
      event.request().failed(status);
    }
  }

  @Override
  public void close() {
    for (Connection connection : connections) {
      try {
        connection.close();
      } catch (SQLException e) {
        // It is gone, which was the aim.
      }
    }
  }
}
