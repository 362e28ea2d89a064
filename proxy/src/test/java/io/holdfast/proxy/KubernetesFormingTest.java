// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.holdfast.devservers.FreePorts;
import io.holdfast.proxy.function.ScriptedFunction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes that find each other by the API of Kubernetes. The test is the API; nodes are processes of
 * their own, since only their environment says where it is.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KubernetesFormingTest {

  private static final List<String> PODS = List.of("127.0.0.2", "127.0.0.3");

  @TempDir private Path folder = Path.of("");

  private final int port = FreePorts.next();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final HttpClient http = HttpClient.newHttpClient();

  private HttpsServer api(Certificates certificates) throws Exception {
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(certificates.keys("localhost"), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext("/", this::listPods);
    server.start();
    return server;
  }

  private void listPods(HttpExchange exchange) throws IOException {
    asked.add(
        exchange.getRequestHeaders().getFirst("Authorization") + " " + exchange.getRequestURI());
    byte[] list =
        PODS.stream()
            .map(this::pod)
            .collect(Collectors.joining(",", "{\"items\":[", "]}"))
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, list.length);
    exchange.getResponseBody().write(list);
    exchange.close();
  }

  private String pod(String address) {
    return """
        {"metadata": {"labels": {"app.kubernetes.io/name": "shop"}},
         "spec": {"containers": [{"name": "proxy", "ports": [
                      {"name": "management", "containerPort": %d}]}]},
         "status": {"phase": "Running", "podIP": "%s",
                    "containerStatuses": [{"name": "proxy", "state": {"running": {}}}]}}
        """
        .formatted(port, address);
  }

  private ProxyProcess node(String address, int functionPort, int apiPort, Path authority) {
    return new ProxyProcess(
        folder.resolve(address),
        Map.of(
            "USER_FUNCTION_PORT", Integer.toString(functionPort),
            "HOLDFAST_CLUSTER_HOST", address,
            "HOLDFAST_CLUSTER_FORMING", "kubernetes",
            "HOLDFAST_CLUSTER_SERVICE_NAME", "shop",
            "HOLDFAST_CLUSTER_NAMESPACE", "market",
            "HOLDFAST_CLUSTER_PORT_NAME", "management",
            "HOLDFAST_MANAGEMENT_PORT", Integer.toString(port),
            "KUBERNETES_SERVICE_HOST", "localhost",
            "KUBERNETES_SERVICE_PORT", Integer.toString(apiPort)),
        Map.of(
            "akka.discovery.kubernetes-api.api-ca-path", authority.toString(),
            "akka.discovery.kubernetes-api.api-token-path", folder.resolve("token").toString()));
  }

  private boolean hasTwoMembers(String address) {
    try {
      var answer =
          http.send(
              HttpRequest.newBuilder(URI.create("http://" + address + ":" + port + "/cluster"))
                  .timeout(Duration.ofSeconds(10))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.body().split("\"status\":\"Up\"", -1).length == 3;
    } catch (IOException e) {
      // It does not listen yet.
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Test
  void nodes_find_each_other_by_the_pods_that_the_api_lists() throws Exception {
    var certificates = new Certificates(folder, "kubernetes");
    certificates.issue("localhost");
    Files.writeString(folder.resolve("token"), "a-token");
    HttpsServer api = api(certificates);
    int apiPort = api.getAddress().getPort();
    Path authority = certificates.authority();
    try (var function = ScriptedFunction.up(CounterFunction.spec(Duration.ofMinutes(10)));
        var one = node(PODS.get(0), function.port(), apiPort, authority);
        var two = node(PODS.get(1), function.port(), apiPort, authority)) {
      for (String address : PODS) {
        Eventually.holds(
            "two members at " + address + "; " + one.errors() + two.errors(),
            () -> hasTwoMembers(address));
      }
      assertThat(asked)
          .allMatch(
              request ->
                  request.startsWith("Bearer a-token /api/v1/namespaces/market/pods?labelSelector=")
                      && request.endsWith("name%3Dshop"));
    } finally {
      api.stop(0);
    }
  }
}
