// SPDX-License-Identifier: Apache-2.0
package io.holdfast.deploy;

import static io.holdfast.deploy.ComposeFile.list;
import static io.holdfast.deploy.ComposeFile.map;
import static io.holdfast.deploy.Manifests.at;
import static io.holdfast.deploy.Manifests.environment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart makes, read as Kubernetes reads it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ChartTest {

  private static final Path PLAIN = Deployment.FILES.resolve("kubernetes/holdfast.yaml");

  private static final Map<String, Class<?>> SCHEMAS =
      Map.ofEntries(
          Map.entry("apps/v1 Deployment", V1Deployment.class),
          Map.entry("v1 Service", V1Service.class),
          Map.entry("v1 ServiceAccount", V1ServiceAccount.class),
          Map.entry("v1 ConfigMap", V1ConfigMap.class),
          Map.entry("v1 PersistentVolumeClaim", V1PersistentVolumeClaim.class),
          Map.entry("rbac.authorization.k8s.io/v1 Role", V1Role.class),
          Map.entry("rbac.authorization.k8s.io/v1 RoleBinding", V1RoleBinding.class),
          Map.entry("policy/v1 PodDisruptionBudget", V1PodDisruptionBudget.class),
          Map.entry("networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy.class),
          Map.entry("autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler.class));

  @Test
  void helm_finds_nothing_to_complain_of() {
    var result = Chart.lint();

    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @Test
  void kubernetes_must_be_one_that_knows_containers_as_sidecars() {
    assertThat(Deployment.text(Chart.FOLDER.resolve("Chart.yaml")))
        .contains("\nkubeVersion: \">=1.29.0-0\"\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "postgres", "cassandra", "production"})
  void every_object_is_one_that_kubernetes_knows_to_the_last_field(String example) {
    for (Map<String, Object> object : Chart.rendered(example).objects()) {
      String kind = object.get("apiVersion") + " " + object.get("kind");
      if (!kind.startsWith("monitoring.coreos.com/v1 ")) {
        assertThat(read(object, Objects.requireNonNull(SCHEMAS.get(kind), kind))).isNotNull();
      }
    }
  }

  private static Object read(Map<String, Object> object, Class<?> schema) {
    return JSON.deserialize(new Gson().toJson(object), schema);
  }

  @Test
  void a_field_that_kubernetes_does_not_know_would_be_noticed() {
    Map<String, Object> deployment = Chart.rendered("minimal").one("Deployment");
    map(at(deployment, "spec", "template", "spec", "containers", 0))
        .put("readynessProbe", Map.of());

    assertThatThrownBy(() -> read(deployment, V1Deployment.class))
        .hasMessageContaining("readynessProbe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "postgres", "cassandra", "production"})
  void every_selector_finds_the_pods_and_every_port_has_its_name(String example) {
    Manifests manifests = Chart.rendered(example);
    Map<String, Object> labels =
        map(at(manifests.one("Deployment"), "spec", "template", "metadata", "labels"));
    Set<String> ports = new TreeSet<>();
    list(at(manifests.proxy(), "ports"))
        .forEach(port -> ports.add(String.valueOf(map(port).get("name"))));
    assertThat(ports).containsExactly("clients", "cluster", "management");

    for (Map<String, Object> object : manifests.objects()) {
      if ("Service".equals(object.get("kind"))) {
        assertThat(labels).containsAllEntriesOf(map(at(object, "spec", "selector")));
        list(at(object, "spec", "ports"))
            .forEach(port -> assertThat(ports).contains(String.valueOf(at(port, "targetPort"))));
      } else if (Set.of("Deployment", "PodDisruptionBudget").contains(object.get("kind"))) {
        assertThat(labels).containsAllEntriesOf(map(at(object, "spec", "selector", "matchLabels")));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "postgres", "cassandra", "production"})
  void both_containers_are_held_to_the_restricted_standard_for_pods(String example) {
    Manifests manifests = Chart.rendered(example);
    assertThat(map(at(manifests.pod(), "securityContext")))
        .containsEntry("runAsNonRoot", true)
        .containsEntry("seccompProfile", Map.of("type", "RuntimeDefault"));
    for (Map<String, Object> container : List.of(manifests.proxy(), manifests.function())) {
      assertThat(map(at(container, "securityContext")))
          .containsEntry("allowPrivilegeEscalation", false)
          .containsEntry("readOnlyRootFilesystem", true)
          .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
      assertThat(map(at(container, "resources"))).containsKeys("requests", "limits");
    }
    assertThat(manifests.pod()).containsEntry("automountServiceAccountToken", false);
    assertThat(list(at(manifests.function(), "volumeMounts"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "postgres", "cassandra", "production"})
  void every_variable_is_read_by_the_program_that_gets_it(String example) {
    Manifests manifests = Chart.rendered(example);

    assertThat(KnownVariables.ofProxy()).containsAll(environment(manifests.proxy()).keySet());
    assertThat(KnownVariables.ofFunction()).containsAll(environment(manifests.function()).keySet());
  }

  @Test
  void nodes_find_each_other_by_the_labels_that_they_have() {
    Manifests manifests = Chart.rendered("postgres");
    Map<String, String> environment = environment(manifests.proxy());
    String selector =
        environment
            .getOrDefault("HOLDFAST_CLUSTER_LABEL_SELECTOR", "")
            .formatted(environment.get("HOLDFAST_CLUSTER_SERVICE_NAME"));
    Map<String, Object> labels =
        map(at(manifests.one("Deployment"), "spec", "template", "metadata", "labels"));

    for (String label : selector.split(",", -1)) {
      String[] parts = label.split("=", -1);
      assertThat(labels).containsEntry(parts[0], parts[1]);
    }
    assertThat(environment)
        .containsEntry("HOLDFAST_CLUSTER_FORMING", "kubernetes")
        .containsEntry("HOLDFAST_CLUSTER_HOST", "{fieldRef={fieldPath=status.podIP}}")
        .containsEntry("HOLDFAST_CLUSTER_CONTACT_POINTS_MIN", "2")
        .containsEntry("HOLDFAST_MANAGEMENT_PORT", "8558");
    assertThat(list(at(manifests.one("Role"), "rules", 0, "resources"))).containsExactly("pods");
    assertThat(list(at(manifests.one("Role"), "rules", 0, "verbs")))
        .containsExactly("get", "list", "watch");
  }

  @Test
  void more_than_half_of_the_pairs_must_find_each_other() {
    assertThat(contactPoints("minimal")).isEqualTo("1");
    assertThat(contactPoints("cassandra")).isEqualTo("3");
    assertThat(contactPoints("production")).isEqualTo("2");
  }

  private static String contactPoints(String example) {
    return environment(Chart.rendered(example).proxy())
        .getOrDefault("HOLDFAST_CLUSTER_CONTACT_POINTS_MIN", "");
  }

  @Test
  void the_proxy_stops_before_its_function_and_has_time_to() {
    Manifests manifests = Chart.rendered("postgres");

    assertThat(manifests.function()).containsEntry("restartPolicy", "Always");
    assertThat(manifests.pod()).containsEntry("terminationGracePeriodSeconds", 46);
    assertThat(environment(manifests.proxy()))
        .containsEntry("HOLDFAST_HTTP_DRAIN_TIMEOUT", "10s")
        .containsEntry("HOLDFAST_HTTP_SHUTDOWN_DELAY", "6s");
    Map<String, Object> probe = map(at(manifests.proxy(), "readinessProbe"));
    assertThat((int) at(probe, "periodSeconds") * (int) at(probe, "failureThreshold"))
        .as("load balancers notice while the proxy still serves")
        .isLessThan(6);
  }

  @Test
  void probes_ask_what_the_proxy_answers() {
    Map<String, Object> proxy = Chart.rendered("minimal").proxy();

    assertThat(at(proxy, "startupProbe", "httpGet", "path")).isEqualTo("/_holdfast/live");
    assertThat(at(proxy, "livenessProbe", "httpGet", "path")).isEqualTo("/_holdfast/live");
    assertThat(at(proxy, "readinessProbe", "httpGet", "path")).isEqualTo("/_holdfast/ready");
  }

  @Test
  void one_pair_has_a_volume_that_outlives_it_and_is_never_two() {
    Manifests manifests = Chart.rendered("minimal");

    assertThat(at(manifests.one("Deployment"), "spec", "strategy", "type")).isEqualTo("Recreate");
    assertThat(at(manifests.pod(), "volumes", 0, "persistentVolumeClaim", "claimName"))
        .isEqualTo(at(manifests.one("PersistentVolumeClaim"), "metadata", "name"));
    assertThat(manifests.kinds()).doesNotContain("PodDisruptionBudget", "HorizontalPodAutoscaler");
    assertThatThrownBy(() -> Chart.text("minimal", Map.of("replicas", 2)))
        .hasMessageContaining("The embedded store belongs to one pod");
  }

  @Test
  void passwords_and_keys_come_from_secrets_only() {
    for (String example : List.of("postgres", "cassandra", "production")) {
      Manifests manifests = Chart.rendered(example);
      environment(manifests.proxy())
          .forEach(
              (name, value) -> {
                if (name.endsWith("_PASSWORD") || name.endsWith("_USER")) {
                  assertThat(value).as(name).startsWith("{secretKeyRef=");
                }
              });
      assertThat(manifests.kinds()).doesNotContain("Secret");
    }
  }

  @Test
  void certificates_are_mounted_where_the_proxy_looks_for_them() {
    Manifests manifests = Chart.rendered("production");
    Map<String, String> environment = environment(manifests.proxy());
    assertThat(environment)
        .containsEntry("HOLDFAST_CLUSTER_TLS", "on")
        .containsEntry("HOLDFAST_POSTGRES_TLS", "verify-full")
        .containsEntry("HOLDFAST_POSTGRES_TLS_ROOT_CERTIFICATE", "/etc/holdfast/store-tls/ca.crt");
    String defaults =
        Deployment.text(Deployment.ROOT.resolve("proxy/src/main/resources/reference.conf"));

    assertThat(
            list(at(manifests.proxy(), "volumeMounts")).stream()
                .map(mount -> at(mount, "mountPath")))
        .contains("/etc/holdfast/cluster-tls", "/etc/holdfast/store-tls");
    assertThat(defaults).contains("\"/etc/holdfast/cluster-tls/tls.crt\"");
    assertThatThrownBy(() -> Chart.text("postgres", Map.of("store.postgres.authoritySecret", "")))
        .hasMessageContaining("set store.postgres.authoritySecret");
  }

  @Test
  void an_autoscaled_deployment_leaves_the_number_of_its_pods_to_the_autoscaler() {
    Manifests manifests = Chart.rendered("production");

    assertThat(map(at(manifests.one("Deployment"), "spec"))).doesNotContainKey("replicas");
    assertThat(at(manifests.one("HorizontalPodAutoscaler"), "spec", "scaleTargetRef", "name"))
        .isEqualTo(at(manifests.one("Deployment"), "metadata", "name"));
    assertThat(
            at(
                manifests.one("HorizontalPodAutoscaler"),
                "spec",
                "metrics",
                0,
                "containerResource",
                "container"))
        .isEqualTo(manifests.proxy().get("name"));
    assertThat(manifests.kinds()).contains("PodDisruptionBudget", "NetworkPolicy");
  }

  @Test
  void prometheus_finds_the_port_with_the_metrics() {
    Manifests manifests = Chart.rendered("production");
    Map<String, Object> monitor = manifests.one("ServiceMonitor");
    Map<String, Object> pods =
        manifests.objects().stream()
            .filter(object -> "carts-holdfast-pods".equals(at(object, "metadata", "name")))
            .findFirst()
            .orElseThrow();

    assertThat(map(at(pods, "metadata", "labels")))
        .containsAllEntriesOf(map(at(monitor, "spec", "selector", "matchLabels")));
    assertThat(list(at(pods, "spec", "ports")).stream().map(port -> at(port, "name")))
        .contains(at(monitor, "spec", "endpoints", 0, "port"));
  }

  @Test
  void a_misspelt_value_is_refused() {
    assertThatThrownBy(() -> Chart.text("minimal", Map.of("store.kind", "postgres")))
        .hasMessageContaining("kind");
    assertThatThrownBy(() -> Chart.text("minimal", Map.of("store.type", "mysql")))
        .hasMessageContaining("type");
  }

  @Test
  void the_plain_manifests_are_what_the_chart_makes_of_its_example() throws Exception {
    String plain =
        "# SPDX-License-Identifier: Apache-2.0\n"
            + "# Rendered from ../helm/holdfast with ../helm/examples/postgres.yaml by ChartTest.\n"
            + Chart.text("postgres", Map.of());
    if (Boolean.getBoolean("holdfast.manifests.write")) {
      Files.writeString(PLAIN, plain);
    }
    assertThat(Deployment.text(PLAIN))
        .as("deploy/kubernetes; write it anew with -Dholdfast.manifests.write=true")
        .isEqualTo(plain);
  }
}
