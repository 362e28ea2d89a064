// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.network;

import static io.holdfast.chaos.network.Arrival.assertArrives;
import static io.holdfast.chaos.network.Arrival.assertDoesNotArrive;
import static io.holdfast.chaos.network.Arrival.assertHasArrived;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes, each with a line of its own to one server; all are sockets. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
@SuppressWarnings("NullAway.Init") // Opened before each test.
class LineTest {

  private ServerSocket server;
  private Line first;
  private Line second;

  @BeforeEach
  void open() throws IOException {
    server = Arrival.listen();
    first = new Line(server.getLocalPort(), 1);
    second = new Line(server.getLocalPort(), 2);
  }

  @AfterEach
  void close() throws IOException {
    first.close();
    second.close();
    server.close();
  }

  private static Socket connect(Line line) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), line.port());
  }

  @Test
  void nothing_passes_a_cut_in_either_direction_until_it_is_healed() throws Exception {
    try (Socket node = connect(first);
        Socket end = server.accept()) {
      assertArrives(node, end, 1);
      assertArrives(end, node, 2);

      first.cut();

      assertDoesNotArrive(node, end, 3);
      assertDoesNotArrive(end, node, 4);

      first.heal();

      assertHasArrived(end, 3);
      assertHasArrived(node, 4);
    }
  }

  @Test
  void a_cut_of_one_node_is_not_a_cut_of_another() throws Exception {
    first.cut();
    try (Socket node = connect(second);
        Socket end = server.accept()) {
      assertArrives(node, end, 1);
      assertArrives(end, node, 2);
    }
  }

  @Test
  void what_a_node_sent_before_it_ended_arrives_when_the_cut_is_healed() throws Exception {
    try (Socket node = connect(first);
        Socket end = server.accept()) {
      first.cut();
      node.getOutputStream().write(1);
      node.close();

      first.heal();

      assertHasArrived(end, 1);
      assertHasArrived(end, -1);
    }
  }

  @Test
  void a_server_that_does_not_listen_ends_the_connection() throws Exception {
    server.close();
    try (Socket node = connect(first)) {
      node.setSoTimeout(10_000);
      assertThat(node.getInputStream().read()).isEqualTo(-1);
    }
  }
}
