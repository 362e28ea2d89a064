// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.holdfast.devservers.FreePorts;
import io.holdfast.proxy.example.AddToCounter;
import io.holdfast.proxy.example.CountersGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Three nodes on one PostgreSQL server, restarted one after another under load. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RollingRestartTest {

  private static final int NODES = 3;
  private static final int COUNTERS = 24;

  /** Every other command is for it. */
  private static final String HOT = "hot";

  private final Config shared =
      ConfigFactory.parseMap(Map.of("holdfast.cluster.shards", 12))
          .withFallback(SharedPostgres.emptyStore());
  private final int[] httpPorts = freePorts();
  private final int[] clusterPorts = freePorts();

  private ProxyNode start(int node) {
    var seeds = new ArrayList<String>();
    for (int port : clusterPorts) {
      seeds.add("127.0.0.1:" + port);
    }
    // The first founds the cluster if it finds none; the others join.
    if (node > 0) {
      seeds.remove("127.0.0.1:" + clusterPorts[node]);
    }
    return ProxyNode.starting(
        shared,
        Map.of(
            "holdfast.http.port", httpPorts[node],
            "holdfast.cluster.port", clusterPorts[node],
            "holdfast.cluster.seed-nodes", String.join(",", seeds)));
  }

  private static int[] freePorts() {
    return IntStream.generate(FreePorts::next).limit(NODES).toArray();
  }

  /** Clients that add 1, again and again, and note what they are told. */
  private static final class Load {
    private final ManagedChannel channel;
    private final List<Thread> clients = new ArrayList<>();
    final ConcurrentMap<String, AtomicLong> acknowledged = new ConcurrentHashMap<>();
    final Queue<Long> hotTotals = new ConcurrentLinkedQueue<>();
    final Queue<Status> errors = new ConcurrentLinkedQueue<>();
    final AtomicInteger commands = new AtomicInteger();
    private volatile boolean over;

    Load(ManagedChannel channel, int clients) {
      this.channel = channel;
      for (int i = 0; i < clients; i++) {
        int number = i;
        var client = new Thread(() -> run(number), "client-" + i);
        this.clients.add(client);
        client.start();
      }
    }

    private void run(int number) {
      var counters = CountersGrpc.newBlockingStub(channel);
      for (int i = number; !over; i++) {
        String counter = i % 2 == 0 ? HOT : "counter-" + i % COUNTERS;
        try {
          long total =
              counters
                  .withDeadlineAfter(30, TimeUnit.SECONDS)
                  .add(AddToCounter.newBuilder().setCounterId(counter).setAmount(1).build())
                  .getTotal();
          commands.incrementAndGet();
          acknowledged.computeIfAbsent(counter, fresh -> new AtomicLong()).incrementAndGet();
          if (counter.equals(HOT)) {
            hotTotals.add(total);
          }
        } catch (RuntimeException e) {
          errors.add(Status.fromThrowable(e));
        }
      }
    }

    /** Waits for that many commands more. */
    void goesOn(int more) {
      int until = commands.get() + more;
      Eventually.holds(
          more + " further commands", () -> commands.get() >= until || !errors.isEmpty());
    }

    void end() {
      over = true;
      for (Thread client : clients) {
        try {
          client.join(TimeUnit.SECONDS.toMillis(60));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        assertThat(client.isAlive()).as("%s has ended", client.getName()).isFalse();
      }
      channel.shutdownNow();
    }
  }

  @Test
  void no_client_sees_an_error_and_every_acknowledged_event_is_there_once() {
    var nodes = new ArrayList<ProxyNode>();
    try {
      for (int i = 0; i < NODES; i++) {
        nodes.add(start(i));
      }
      nodes.forEach(ProxyNode::awaitReady);
      var load = new Load(ManyAddresses.client(httpPorts), 6);
      for (int i = 0; i < NODES; i++) {
        load.goesOn(100);
        nodes.get(i).close();
        load.goesOn(100);
        nodes.set(i, start(i));
        nodes.get(i).awaitReady();
      }
      load.goesOn(100);
      load.end();

      assertThat(load.errors).isEmpty();
      load.acknowledged.forEach(
          (counter, count) ->
              assertThat(nodes.get(0).add(counter, 0)).as(counter).isEqualTo(count.get()));
      assertThat(load.hotTotals).doesNotHaveDuplicates();
    } finally {
      nodes.forEach(ProxyNode::close);
    }
  }
}
