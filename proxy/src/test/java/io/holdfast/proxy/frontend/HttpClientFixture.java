// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** An HTTP/JSON client of a frontend. */
final class HttpClientFixture {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final FrontendFixture frontend;

  HttpClientFixture(FrontendFixture frontend) {
    this.frontend = frontend;
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  HttpResponse<String> post(String path, String body) {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> put(String path, String body) {
    return send(request(path).PUT(BodyPublishers.ofString(body)));
  }

  /** A request whose client says that it accepts anything, as most do. */
  HttpRequest.Builder request(String path) {
    return bareRequest(path).header("accept", "*/*").header("content-type", "application/json");
  }

  HttpRequest.Builder bareRequest(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + frontend.port() + path))
        .timeout(Duration.ofSeconds(10));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    return send(CLIENT, request);
  }

  static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
