// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks the proxy whether it is ready. It is only when its function is, too. */
public interface Readiness {

  /** The obstacle that is not in the proxy's words. */
  String SILENT = "the proxy does not answer yet";

  /** What is still in the way, in the proxy's words; empty when nothing is. */
  Optional<String> obstacle() throws InterruptedException;

  /** Of the proxy on that port of the loopback interface. */
  static Readiness of(int port) {
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
