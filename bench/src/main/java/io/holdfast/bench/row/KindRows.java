// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.row;

import io.grpc.MethodDescriptor;
import io.holdfast.bench.load.Population;
import io.holdfast.bench.load.Target;
import io.holdfast.bench.net.Methods;
import io.holdfast.bench.process.Child;
import io.holdfast.bench.report.RowName;
import java.util.List;
import java.util.Set;

/** The other kinds of entity, and actions, on one proxy as it is deployed. */
final class KindRows implements RowGroup {

  /** Messages under way on each stream. */
  private static final int STREAM_WINDOW = 16;

  @Override
  public Set<RowName> rows() {
    return Set.of(
        RowName.VALUE_EMBEDDED,
        RowName.CRDT_LOCAL,
        RowName.ACTION_UNARY,
        RowName.ACTION_STREAMED,
        RowName.FORWARD);
  }

  @Override
  public void measure(Workbench bench, Results results) {
    int entities = bench.settings().entities();
    try (DataDirectory data = bench.dataDirectory();
        Child function = bench.function();
        Child proxy = bench.proxy(function, Workbench.Store.EMBEDDED, data.path())) {
      var pair = new ServedPair(bench, results, proxy, function);
      pair.unary(RowName.VALUE_EMBEDDED, Methods.INCREASE_VALUE, new Population("v", entities));
      pair.unary(RowName.CRDT_LOCAL, Methods.INCREASE_REPLICATED, new Population("g", entities));
      pair.unary(RowName.ACTION_UNARY, Methods.ADD, Population.stateless("u", entities));
      pair.streamed(RowName.ACTION_STREAMED, Population.stateless("s", entities));
      pair.unary(RowName.FORWARD, Methods.FORWARD, new Population("f", entities));
    }
  }

  /** A proxy and a function that take the load of several rows, one after the other. */
  private record ServedPair(Workbench bench, Results results, Child proxy, Child function) {

    void unary(RowName row, MethodDescriptor<byte[], byte[]> method, Population population) {
      if (results.wants(row)) {
        try (Target target = bench.generator().unary(proxy.address(), method)) {
          measure(row, target, population, bench.settings().clients());
        }
      }
    }

    void streamed(RowName row, Population population) {
      int streams = bench.settings().clients();
      if (results.wants(row)) {
        try (Target target =
            bench.generator().streamed(proxy.address(), Methods.ADD_EACH, streams)) {
          measure(row, target, population, streams * STREAM_WINDOW);
        }
      }
    }

    // Each way of a command is new to the proxy, however long it has run.
    private void measure(RowName row, Target target, Population population, int clients) {
      results.add(
          new Measuring(bench, target, List.of(proxy, function))
              .closedLoopOnColdProxy(row, population, clients));
    }
  }
}
