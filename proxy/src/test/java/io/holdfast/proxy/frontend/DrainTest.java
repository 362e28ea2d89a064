// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Empty;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.holdfast.protocol.Metadata;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.discovery.FunctionSpec;
import io.holdfast.proxy.example.ClearShelf;
import io.holdfast.proxy.example.ShelfGrpc;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
final class DrainTest {

  private static final ClearShelf CLEAR = ClearShelf.newBuilder().setShelfId("s1").build();

  @Test
  void calls_under_way_end_well_while_new_ones_are_refused() {
    try (var frontend = new FrontendFixture()) {
      int port = frontend.port();
      var channel = frontend.channel();
      var underWay = ShelfGrpc.newFutureStub(channel).clear(CLEAR);
      var waiting = frontend.router().next();

      var closed = CompletableFuture.runAsync(frontend.frontend()::close);
      Eventually.holds(() -> frontend.readiness().obstacle().isPresent());
      var refused =
          catchThrowableOfType(
              StatusRuntimeException.class, () -> ShelfGrpc.newBlockingStub(channel).clear(CLEAR));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(closed).isNotDone();

      waiting
          .replyTo()
          .complete(
              new Outcome.Replied(
                  Empty.getDefaultInstance().toByteString(), Metadata.getDefaultInstance()));
      assertThat(underWay).succeedsWithin(10, TimeUnit.SECONDS);
      assertThat(closed).succeedsWithin(10, TimeUnit.SECONDS);
      assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void a_call_that_never_ends_does_not_hold_up_the_end() {
    try (var frontend = new FrontendFixture("drain-timeout = 100 ms")) {
      var underWay = ShelfGrpc.newFutureStub(frontend.channel()).clear(CLEAR);
      frontend.router().next();

      frontend.frontend().close();

      assertThat(underWay)
          .failsWithin(10, TimeUnit.SECONDS)
          .withThrowableThat()
          .withMessageContaining("outcome unknown");
    }
  }

  @Test
  void another_function_replaces_what_was_served_before() {
    try (var frontend = new FrontendFixture()) {
      frontend.router().reply(Empty.getDefaultInstance());
      var spec = ExampleFunction.spec();
      frontend.frontend().serve(new FunctionSpec(spec.info(), spec.files(), List.of()));

      var refused =
          catchThrowableOfType(StatusRuntimeException.class, () -> frontend.stub().clear(CLEAR));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);

      frontend.frontend().serve(spec);
      assertThat(frontend.stub().clear(CLEAR)).isEqualTo(Empty.getDefaultInstance());
    }
  }
}
