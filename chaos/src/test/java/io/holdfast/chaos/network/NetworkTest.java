// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.network;

import static io.holdfast.chaos.network.Arrival.assertArrives;
import static io.holdfast.chaos.network.Arrival.assertDoesNotArrive;
import static io.holdfast.chaos.network.Arrival.assertHasArrived;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that are sockets, and the relays between them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
@SuppressWarnings("NullAway.Init") // Opened before each test.
class NetworkTest {

  private ServerSocket first;
  private ServerSocket second;
  private ServerSocket third;
  private Network network;

  @BeforeEach
  void open() throws IOException {
    first = Arrival.listen();
    second = Arrival.listen();
    third = Arrival.listen();
    network =
        new Network(List.of(first.getLocalPort(), second.getLocalPort(), third.getLocalPort()), 1);
  }

  @AfterEach
  void close() throws IOException {
    network.close();
    first.close();
    second.close();
    third.close();
  }

  /** A connection from one node to another, and that one's end of it. */
  private final class Connection implements AutoCloseable {
    private final Socket from = new Socket();
    private final Socket to;

    /** From node 1 to node 2. */
    Connection() throws IOException {
      this(1, 2, second);
    }

    Connection(int number, int other, ServerSocket target) throws IOException {
      from.bind(new InetSocketAddress(Network.source(number), 0));
      from.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), network.port(other)));
      to = target.accept();
    }

    @Override
    public void close() throws IOException {
      from.close();
      to.close();
    }
  }

  @Test
  void what_is_sent_arrives_in_both_directions() throws Exception {
    try (var connection = new Connection()) {
      assertArrives(connection.from, connection.to, 1);
      assertArrives(connection.to, connection.from, 2);
    }
  }

  @Test
  void nothing_passes_a_cut_and_what_was_sent_meanwhile_arrives_when_it_is_healed()
      throws Exception {
    try (var connection = new Connection()) {
      network.cut(2);
      assertDoesNotArrive(connection.from, connection.to, 1);
      assertDoesNotArrive(connection.to, connection.from, 2);

      network.heal();

      assertHasArrived(connection.to, 1);
      assertHasArrived(connection.from, 2);
    }
  }

  @Test
  void a_cut_leaves_the_others_together() throws Exception {
    try (var connection = new Connection(1, 3, third)) {
      network.cut(2);
      assertArrives(connection.from, connection.to, 1);
      assertArrives(connection.to, connection.from, 2);
    }
  }

  @Test
  void a_cut_of_all_leaves_every_node_alone() throws Exception {
    try (var near = new Connection();
        var far = new Connection(1, 3, third);
        var last = new Connection(3, 2, second)) {
      network.cutAll();
      for (Connection connection : List.of(near, far, last)) {
        assertDoesNotArrive(connection.from, connection.to, 1);
        assertDoesNotArrive(connection.to, connection.from, 2);
      }

      network.heal();

      for (Connection connection : List.of(near, far, last)) {
        assertHasArrived(connection.to, 1);
        assertHasArrived(connection.from, 2);
      }
    }
  }

  @Test
  void a_cut_one_way_lets_the_other_way_pass() throws Exception {
    try (var connection = new Connection()) {
      network.cutFrom(1);
      assertArrives(connection.to, connection.from, 1);
      assertDoesNotArrive(connection.from, connection.to, 2);

      network.heal();

      assertHasArrived(connection.to, 2);
    }
  }

  @Test
  void a_connection_that_is_opened_through_a_cut_reaches_the_node_once_it_is_healed()
      throws Exception {
    network.cut(2);
    try (var from = new Socket()) {
      from.bind(new InetSocketAddress(Network.source(1), 0));
      from.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), network.port(2)));
      second.setSoTimeout(Arrival.SHORTLY_MILLIS);
      assertThatThrownBy(second::accept).isInstanceOf(SocketTimeoutException.class);

      network.heal();

      second.setSoTimeout(10_000);
      try (Socket to = second.accept()) {
        assertArrives(from, to, 1);
      }
    }
  }

  @Test
  void what_is_delayed_arrives_later() throws Exception {
    try (var connection = new Connection()) {
      network.delay(1, Duration.ofMillis(300));
      long start = System.nanoTime();
      assertArrives(connection.from, connection.to, 1);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }
  }

  @Test
  void what_a_network_loses_is_sent_again() throws Exception {
    try (var connection = new Connection()) {
      network.lose(1, 0.5);
      long start = System.nanoTime();
      for (int value = 1; value <= 10; value++) {
        assertArrives(connection.from, connection.to, value);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }
  }

  @Test
  void a_connection_that_one_side_closes_is_closed_for_the_other() throws Exception {
    try (var connection = new Connection()) {
      connection.from.close();
      connection.to.setSoTimeout(10_000);
      assertThat(connection.to.getInputStream().read()).isEqualTo(-1);
    }
  }
}
