// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks a program whether it is ready. */
public interface Readiness {

  /** The obstacle that is not in the proxy's words. */
  String SILENT = "the proxy does not answer yet";

  /** What is still in the way, in words for people; empty when nothing is. */
  Optional<String> obstacle() throws InterruptedException;

  /**
   * Of the function on that port: it listens. A proxy that has not noticed yet that its function
   * died still calls itself ready, so after a restart this is asked first.
   */
  static Readiness ofFunction(int port) {
    return () ->
        Ports.answers(port) ? Optional.empty() : Optional.of("the function does not listen yet");
  }

  /** Of the proxy on that port of the loopback interface, which needs its function for it. */
  static Readiness ofProxy(int port) {
    var client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/_holdfast/ready"))
            .timeout(Duration.ofSeconds(2))
            .build();
    return () -> {
      try {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() == 200
            ? Optional.empty()
            : Optional.of(response.body().strip());
      } catch (IOException e) {
        return Optional.of(SILENT);
      }
    };
  }
}
