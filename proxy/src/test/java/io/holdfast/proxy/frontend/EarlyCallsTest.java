// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Empty;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.holdfast.proxy.example.ClearShelf;
import io.holdfast.proxy.example.ShelfGrpc;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Calls that come before the function is known. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EarlyCallsTest {

  private static final ClearShelf CLEAR = ClearShelf.newBuilder().setShelfId("s1").build();

  @Test
  void they_wait_for_the_function_and_are_carried_out() {
    try (var frontend = FrontendFixture.unconnected()) {
      frontend.router().reply(Empty.getDefaultInstance());
      var grpc = ShelfGrpc.newFutureStub(frontend.channel()).clear(CLEAR);
      var json =
          CompletableFuture.supplyAsync(
              () ->
                  new HttpClientFixture(frontend)
                      .post("/example.Shelf/Clear", "{\"shelfId\":\"s1\"}"));
      Eventually.holds(() -> frontend.frontend().waitingForFunction() == 2);
      assertThat(grpc).isNotDone();

      frontend.frontend().serve(ExampleFunction.specWithStreams());

      assertThat(grpc).succeedsWithin(10, TimeUnit.SECONDS);
      assertThat(json)
          .succeedsWithin(10, TimeUnit.SECONDS)
          .satisfies(response -> assertThat(response.statusCode()).isEqualTo(200));
      assertThat(frontend.frontend().waitingForFunction()).isZero();
    }
  }

  @Test
  void they_are_refused_when_no_function_is_found_in_time() {
    try (var frontend = FrontendFixture.unconnected("start-patience = 100ms")) {
      assertRefused(frontend);
    }
  }

  @Test
  void those_that_are_too_many_are_refused_at_once() {
    try (var frontend = FrontendFixture.unconnected("concurrent-calls-max = 1")) {
      var first = ShelfGrpc.newFutureStub(frontend.channel()).clear(CLEAR);
      Eventually.holds(() -> frontend.frontend().waitingForFunction() == 1);

      assertRefused(frontend);

      assertThat(first).isNotDone();
    }
  }

  @Test
  void they_are_refused_when_the_proxy_shuts_down() {
    try (var frontend = FrontendFixture.unconnected()) {
      var call = ShelfGrpc.newFutureStub(frontend.channel()).clear(CLEAR);
      Eventually.holds(() -> frontend.frontend().waitingForFunction() == 1);

      frontend.frontend().close();

      assertThat(call)
          .failsWithin(10, TimeUnit.SECONDS)
          .withThrowableThat()
          .withMessageContaining("UNAVAILABLE");
    }
  }

  private static void assertRefused(FrontendFixture frontend) {
    var thrown =
        catchThrowableOfType(StatusRuntimeException.class, () -> frontend.stub().clear(CLEAR));
    assertThat(thrown.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(thrown.getStatus().getDescription()).contains("no function is connected yet");
  }
}
