// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayNameGeneration(ReplaceUnderscores.class)
final class HealthTest {

  @RegisterExtension static final FrontendFixture FIXTURE = new FrontendFixture();

  @AfterEach
  void clear() {
    FIXTURE.readiness().clear("store");
    FIXTURE.readiness().clear("cluster");
  }

  @Test
  void the_node_and_its_services_serve_when_nothing_is_in_the_way() {
    assertThat(check("")).isEqualTo(ServingStatus.SERVING);
    assertThat(check("example.Shelf")).isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void nothing_serves_while_something_is_in_the_way() {
    FIXTURE.readiness().obstruct("store", "the store is opening");

    assertThat(check("")).isEqualTo(ServingStatus.NOT_SERVING);
    assertThat(check("example.Shelf")).isEqualTo(ServingStatus.NOT_SERVING);
  }

  @Test
  void a_service_that_nobody_offers_is_not_found() {
    var thrown = catchThrowableOfType(StatusRuntimeException.class, () -> check("example.Attic"));

    assertThat(thrown.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void a_watcher_hears_of_every_change() {
    Iterator<HealthCheckResponse> statuses =
        HealthGrpc.newBlockingStub(FIXTURE.channel())
            .watch(HealthCheckRequest.getDefaultInstance());
    assertThat(statuses.next().getStatus()).isEqualTo(ServingStatus.SERVING);

    FIXTURE.readiness().obstruct("store", "the store is opening");
    assertThat(statuses.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);

    FIXTURE.readiness().clear("store");
    assertThat(statuses.next().getStatus()).isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void readiness_is_200_or_503_with_the_reason() throws Exception {
    assertThat(get("/_holdfast/ready").statusCode()).isEqualTo(200);

    FIXTURE.readiness().obstruct("store", "the store is opening");
    FIXTURE.readiness().obstruct("cluster", "the cluster is joining");

    var response = get("/_holdfast/ready");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).isEqualTo("the store is opening\n");
  }

  @Test
  void liveness_is_200_whatever_is_in_the_way() throws Exception {
    FIXTURE.readiness().obstruct("store", "the store is opening");

    assertThat(get("/_holdfast/live").statusCode()).isEqualTo(200);
  }

  private ServingStatus check(String service) {
    return HealthGrpc.newBlockingStub(FIXTURE.channel())
        .check(HealthCheckRequest.newBuilder().setService(service).build())
        .getStatus();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + FIXTURE.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
