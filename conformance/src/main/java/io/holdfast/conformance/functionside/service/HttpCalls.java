// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside.service;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Plain HTTP/1.1 to a proxy. */
final class HttpCalls {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;

  HttpCalls(int port) {
    this.port = port;
  }

  /**
   * Sends a request without an Accept header of its own.
   *
   * @param headers names and values in turn
   */
  CompletableFuture<HttpResponse<byte[]>> send(
      String verb, String path, BodyPublisher body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(verb, body)
            .timeout(Duration.ofSeconds(20));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.sendAsync(request.build(), BodyHandlers.ofByteArray());
  }

  CompletableFuture<HttpResponse<byte[]>> post(String path, String json, String... headers) {
    return send("POST", path, BodyPublishers.ofString(json), headers);
  }

  CompletableFuture<HttpResponse<byte[]>> get(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }
}
