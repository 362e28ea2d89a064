// SPDX-License-Identifier: Apache-2.0
package io.holdfast.deploy;

import static io.holdfast.deploy.ComposeFile.list;
import static io.holdfast.deploy.ComposeFile.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The compose files say what they seem to. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ComposeTest {

  private static final List<String> PROXIES = List.of("proxy-1", "proxy-2", "proxy-3");

  private final ComposeFile compose = ComposeFile.read(Deployment.FILES.resolve("compose.yaml"));
  private final ComposeFile postgres =
      ComposeFile.read(Deployment.FILES.resolve("compose.postgres.yaml"));

  @Test
  void there_are_three_pairs_a_load_balancer_and_a_store() {
    assertThat(compose.services())
        .containsOnlyKeys(
            "proxy-1",
            "function-1",
            "proxy-2",
            "function-2",
            "proxy-3",
            "function-3",
            "load-balancer",
            "cassandra");
    for (int i = 1; i <= 3; i++) {
      assertThat(service(compose, "function-" + i))
          .containsEntry("network_mode", "service:proxy-" + i);
    }
  }

  @Test
  void whatever_a_service_refers_to_is_declared() {
    for (Map<String, Object> service : compose.services().values()) {
      assertThat(compose.services().keySet())
          .containsAll(map(service.getOrDefault("depends_on", Map.of())).keySet());
      assertThat(compose.section("networks").keySet())
          .containsAll(
              list(service.getOrDefault("networks", List.of())).stream()
                  .map(String::valueOf)
                  .toList());
      Set<String> mounted = new TreeSet<>();
      list(service.getOrDefault("volumes", List.of()))
          .forEach(volume -> mounted.add(volume.toString().split(":", -1)[0]));
      assertThat(mounted)
          .allSatisfy(
              source -> {
                if (source.startsWith(".")) {
                  assertThat(Deployment.FILES.resolve(source)).exists();
                } else {
                  assertThat(compose.section("volumes")).containsKey(source);
                }
              });
      Object build = service.get("build");
      if (build != null) {
        var context = Deployment.FILES.resolve(String.valueOf(map(build).get("context")));
        assertThat(context.resolve("Dockerfile")).matches(Files::exists);
      }
    }
  }

  @Test
  void our_own_containers_can_do_no_more_than_they_need() {
    compose.services().entrySet().stream()
        .filter(service -> !service.getKey().equals("cassandra"))
        .forEach(
            service ->
                assertThat(service.getValue())
                    .as(service.getKey())
                    .containsEntry("read_only", true)
                    .containsEntry("cap_drop", List.of("ALL"))
                    .containsEntry("security_opt", List.of("no-new-privileges:true"))
                    .containsKey("mem_limit"));
  }

  @Test
  void a_function_is_stopped_no_sooner_than_its_proxy() {
    for (int i = 1; i <= 3; i++) {
      assertThat(seconds("function-" + i)).isGreaterThan(seconds("proxy-" + i));
    }
  }

  private Duration seconds(String service) {
    return Duration.parse("PT" + service(compose, service).get("stop_grace_period"));
  }

  private static Map<String, Object> service(ComposeFile file, String name) {
    return Objects.requireNonNull(file.services().get(name), name);
  }

  @Test
  void every_proxy_gives_its_own_name_and_looks_for_all_of_them() {
    for (String proxy : PROXIES) {
      Map<String, String> environment = compose.environment(proxy);
      assertThat(environment).containsEntry("HOLDFAST_CLUSTER_HOST", proxy);
      String port = environment.get("HOLDFAST_CLUSTER_PORT");
      assertThat(environment)
          .containsEntry(
              "HOLDFAST_CLUSTER_SEED_NODES",
              String.join(",", PROXIES.stream().map(name -> name + ':' + port).toList()))
          .containsEntry("HOLDFAST_CASSANDRA_CONTACT_POINTS", "cassandra");
    }
  }

  @Test
  void the_load_balancer_asks_every_proxy_whether_it_is_ready() {
    String haproxy = Deployment.text(Deployment.FILES.resolve("haproxy.cfg"));
    IntStream.rangeClosed(1, 3)
        .forEach(
            i -> assertThat(haproxy).contains("server proxy-%d proxy-%d:9000".formatted(i, i)));
    assertThat(haproxy).contains("uri /_holdfast/ready", "proto h2");
  }

  @Test
  void with_postgresql_every_proxy_has_its_password_and_waits_for_it() {
    for (String proxy : PROXIES) {
      assertThat(postgres.environment(proxy))
          .containsEntry("HOLDFAST_STORE", "postgres")
          .containsEntry("HOLDFAST_POSTGRES_HOST", "postgres")
          .containsEntry(
              "HOLDFAST_POSTGRES_PASSWORD",
              postgres.environment("postgres").get("POSTGRES_PASSWORD"))
          .containsEntry(
              "HOLDFAST_POSTGRES_DATABASE", postgres.environment("postgres").get("POSTGRES_DB"))
          .containsEntry(
              "HOLDFAST_POSTGRES_USER", postgres.environment("postgres").get("POSTGRES_USER"));
      assertThat(map(service(postgres, proxy).getOrDefault("depends_on", Map.of())))
          .containsOnlyKeys("postgres");
    }
  }
}
