// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PortsTest {

  @Test
  void a_taken_port_is_refused_with_what_to_change() throws Exception {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      assertThatThrownBy(() -> Ports.free(port, "--port"))
          .hasMessage(
              "Port "
                  + port
                  + " is taken by another program: stop that, or choose another port with"
                  + " --port.");
    }
  }

  @Test
  void a_number_that_is_no_port_is_refused() {
    assertThatThrownBy(() -> Ports.free(65_536, "--port"))
        .hasMessage("65536 is no port: choose one from 0 to 65535 with --port.");
    assertThatThrownBy(() -> Ports.free(-1, "--port")).hasMessageStartingWith("-1 is no port");
  }

  @Test
  void zero_is_any_port() {
    assertThat(Ports.free(0, "--port")).isPositive();
  }
}
