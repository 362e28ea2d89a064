// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.row;

import io.holdfast.bench.driver.CassandraTarget;
import io.holdfast.bench.driver.PostgresTarget;
import io.holdfast.bench.load.EntityOrder;
import io.holdfast.bench.load.Population;
import io.holdfast.bench.load.Target;
import io.holdfast.bench.net.Methods;
import io.holdfast.bench.process.BenchException;
import io.holdfast.bench.process.Child;
import io.holdfast.bench.report.Row;
import io.holdfast.bench.report.RowName;
import io.holdfast.devservers.LocalServer;
import io.holdfast.devservers.LocalServerException;
import io.holdfast.devservers.LocalServers;
import io.holdfast.devservers.ServerSettings;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The proxy on a database server on this machine, after what the database's own driver does on such
 * a server. Each has a new one, which keeps what it acknowledged when it crashes.
 */
final class ServerRows implements RowGroup {

  /** More make the driver's rate worse, on two cores; fewer share less of the disk. */
  private static final int POSTGRES_WRITERS = 16;

  private final RowName proxyRow;
  private final RowName driverRow;
  private final Function<ServerSettings, LocalServer> server;
  private final Driver driver;

  /** Makes what requests go to without a proxy. */
  private interface Driver {
    Target target(int port, Population population, Executor loop);
  }

  private ServerRows(
      RowName proxyRow,
      RowName driverRow,
      Function<ServerSettings, LocalServer> server,
      Driver driver) {
    this.proxyRow = proxyRow;
    this.driverRow = driverRow;
    this.server = server;
    this.driver = driver;
  }

  static ServerRows postgres() {
    return new ServerRows(
        RowName.EVENTSOURCED_POSTGRES,
        RowName.POSTGRES_DRIVER,
        LocalServers::postgres,
        (port, population, loop) -> new PostgresTarget(port, POSTGRES_WRITERS, population, loop));
  }

  static ServerRows cassandra() {
    return new ServerRows(
        RowName.EVENTSOURCED_CASSANDRA,
        RowName.CASSANDRA_DRIVER,
        LocalServers::cassandra,
        CassandraTarget::new);
  }

  @Override
  public Set<RowName> rows() {
    return Set.of(proxyRow, driverRow);
  }

  @Override
  public void measure(Workbench bench, Results results) {
    if (results.wants(driverRow)) {
      results.add(onNewServer(bench, this::alone));
    }
    if (results.wants(proxyRow)) {
      results.add(onNewServer(bench, this::underProxy));
    }
  }

  /** A server with what another row wrote would compact and vacuum that during this one. */
  private Row onNewServer(Workbench bench, BiFunction<Workbench, LocalServer, Row> row) {
    try (DataDirectory data = bench.dataDirectory();
        LocalServer running =
            server.apply(ServerSettings.durable(data.path(), bench.settings().checkout()))) {
      return row.apply(bench, running);
    } catch (LocalServerException e) {
      throw BenchException.because(String.valueOf(e.getMessage()));
    }
  }

  private Row alone(Workbench bench, LocalServer running) {
    var population = new Population("d", bench.settings().entities());
    try (Target target =
        bench.generator().on(loop -> driver.target(running.port(), population, loop))) {
      return new Measuring(bench, target, List.of()).closedLoopOnColdServer(driverRow, population);
    }
  }

  private Row underProxy(Workbench bench, LocalServer running) {
    var population = new Population("c", bench.settings().entities());
    try (Child function = bench.function();
        Child proxy = bench.proxy(function, running.environment());
        Target target = bench.generator().unary(proxy.address(), Methods.INCREASE)) {
      var measuring = new Measuring(bench, target, List.of(proxy, function));
      // The first command of an entity costs more than others; the row is about those others.
      measuring.prepare(population, EntityOrder.sweep(0, population.size(), 1));
      return measuring.closedLoopOnColdServer(proxyRow, population);
    }
  }
}
