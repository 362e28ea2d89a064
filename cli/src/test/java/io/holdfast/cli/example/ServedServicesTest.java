// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.holdfast.cli.library.LibraryGrpc;
import io.holdfast.devservers.FreePorts;
import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ServedServicesTest {

  @Test
  void the_routes_of_a_service_are_read_from_a_running_server() throws IOException {
    Server server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(new LibraryGrpc.LibraryImplBase() {})
            .addService(new HealthStatusManager().getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance())
            .build()
            .start();
    try {
      var services = ServedServices.on(server.getPort());

      assertThat(services)
          .extracting(ServiceDescriptor::getFullName)
          .containsExactly("library.v1.Library");
      assertThat(ShellLines.curl(services.get(0), 9000))
          .contains("curl -X DELETE localhost:9000/shelves/shelf-1");
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void a_server_that_cannot_be_asked_serves_nothing() throws IOException {
    assertThat(ServedServices.on(FreePorts.next())).isEmpty();
  }
}
