// SPDX-License-Identifier: Apache-2.0
package io.holdfast.devservers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FreePortsTest {

  @Test
  void no_port_is_given_twice_or_left_to_outgoing_connections() {
    assertThat(IntStream.generate(FreePorts::next).limit(100).boxed().toList())
        .doesNotHaveDuplicates()
        .allMatch(port -> port >= 20_000 && port < 32_768);
  }

  @Test
  void what_one_process_gives_out_no_other_does_at_the_same_time() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    var processes = List.of(new PortBlocks(), new PortBlocks());

    assertThat(
            IntStream.range(0, 200).map(i -> processes.get(i % 2).next(loopback)).boxed().toList())
        .doesNotHaveDuplicates();
  }

  @Test
  void a_program_can_listen_there() throws IOException {
    try (var program = new ServerSocket(FreePorts.next(), 1, InetAddress.getLoopbackAddress())) {
      assertThat(program.isBound()).isTrue();
    }
  }
}
