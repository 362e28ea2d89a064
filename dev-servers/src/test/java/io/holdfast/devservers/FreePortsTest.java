// SPDX-License-Identifier: Apache-2.0
package io.holdfast.devservers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
  void a_program_can_listen_there() throws IOException {
    try (var program = new ServerSocket(FreePorts.next(), 1, InetAddress.getLoopbackAddress())) {
      assertThat(program.isBound()).isTrue();
    }
  }
}
