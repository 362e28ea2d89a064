// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.holdfast.proxy.example.AddToCounter;
import io.holdfast.proxy.example.CountersGrpc;
import io.holdfast.proxy.example.CountersGrpc.CountersBlockingStub;
import io.holdfast.proxy.function.ScriptedFunction;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What operators see of a proxy that works, and the page that tells them what it means. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init") // JUnit sets them.
class ProxyMetricsTest {

  private static final Path PAGE = Path.of("../docs/metrics.md");
  private static final String ADD = "entity_type=\"counter\",method=\"example.Counters/Add\"";

  private static ScriptedFunction function;
  private static Proxy proxy;
  private static ManagedChannel channel;

  @BeforeAll
  static void start() throws Exception {
    function = ScriptedFunction.up(CounterFunction.spec(Duration.ofMinutes(10)));
    function.serve(CounterFunction::new);
    proxy =
        Proxy.start(
            ProxyConfig.load(
                ConfigFactory.parseMap(
                    Map.of(
                        "holdfast.http.host",
                        "127.0.0.1",
                        "holdfast.http.port",
                        0,
                        "holdfast.management.port",
                        0,
                        "holdfast.function.port",
                        function.port(),
                        "holdfast.store",
                        "memory",
                        "holdfast.cluster.shards",
                        10))));
    proxy.ready().toCompletableFuture().get(30, TimeUnit.SECONDS);
    channel =
        Grpc.newChannelBuilderForAddress(
                "127.0.0.1", proxy.port(), InsecureChannelCredentials.create())
            .build();
    CountersBlockingStub counters = CountersGrpc.newBlockingStub(channel);
    var unused = counters.add(add("a", 2));
    unused = counters.add(add("a", 3));
    unused = counters.add(add("b", 0));
    Assertions.assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> counters.add(add("", 1)));
  }

  private static AddToCounter add(String id, long amount) {
    return AddToCounter.newBuilder().setCounterId(id).setAmount(amount).build();
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    proxy.close();
    function.close();
  }

  private static HttpResponse<String> scraped() throws Exception {
    var uri = URI.create("http://127.0.0.1:" + proxy.managementPort().orElseThrow() + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @Test
  void calls_are_counted_by_what_clients_got_and_timed() throws Exception {
    assertThat(scraped().body())
        .contains("\nholdfast_commands_total{code=\"OK\"," + ADD + "} 3.0\n")
        .contains("\nholdfast_commands_total{code=\"INVALID_ARGUMENT\"," + ADD + "} 1.0\n")
        .contains("\nholdfast_command_seconds_count{" + ADD + "} 4\n")
        .contains("\nholdfast_command_seconds_bucket{" + ADD + ",le=\"+Inf\"} 4\n")
        .contains("\nholdfast_calls_active 0.0\n");
  }

  @Test
  void entities_and_their_writes_are_counted() throws Exception {
    assertThat(scraped().body())
        .contains("\nholdfast_entities_live{entity_type=\"counter\"} 2.0\n")
        .contains("\nholdfast_entity_activations_total{entity_type=\"counter\"} 2.0\n")
        .contains("\nholdfast_entity_passivations_total{entity_type=\"counter\"} 0.0\n")
        .contains("\nholdfast_store_write_seconds_count{entity_type=\"counter\"} 2\n")
        .contains("\nholdfast_store_write_failures_total{entity_type=\"counter\"} 0.0\n")
        .contains("\nholdfast_store_group_writes_count 2\n")
        .contains("\nholdfast_store_group_writes_sum 2.0\n");
  }

  @Test
  void the_state_of_the_parts_is_told() throws Exception {
    assertThat(scraped().body())
        .contains("\nholdfast_ready{part=\"store\"} 1.0\n")
        .contains("\nholdfast_ready{part=\"cluster\"} 1.0\n")
        .contains("\nholdfast_ready{part=\"function\"} 1.0\n")
        .contains("\nholdfast_ready{part=\"standing\"} 1.0\n")
        .contains("\nholdfast_function_served 1.0\n")
        .contains("\nholdfast_function_discoveries_total{outcome=\"accepted\"} 1.0\n")
        .contains("\nholdfast_cluster_members{status=\"up\"} 1.0\n")
        .contains("\nholdfast_cluster_unreachable 0.0\n")
        .contains("\nholdfast_shards{entity_type=\"counter\"} ")
        .contains("\njvm_memory_used_bytes{", "\nprocess_uptime_seconds ", "\nprocess_cpu_usage ");
  }

  @Test
  void prometheus_is_told_how_to_read_it() throws Exception {
    assertThat(scraped().headers().firstValue("content-type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
  }

  @Test
  void the_page_names_every_metric_of_ours_and_no_other() throws Exception {
    String table = ScrapedMetrics.table(scraped().body());
    String page = Files.readString(PAGE);
    int begin = page.indexOf(ScrapedMetrics.HEADING);
    int end = page.indexOf("\n\n", begin) + 1;
    if (Boolean.getBoolean("holdfast.docs.write")) {
      page = page.substring(0, begin) + table + page.substring(end);
      Files.writeString(PAGE, page);
      end = begin + table.length();
    }
    assertThat(page.substring(begin, end))
        .as("docs/metrics.md; write its table anew with -Dholdfast.docs.write=true")
        .isEqualTo(table);
  }
}
