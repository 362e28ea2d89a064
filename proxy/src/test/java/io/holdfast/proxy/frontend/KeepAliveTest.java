// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Empty;
import io.grpc.ConnectivityState;
import io.holdfast.proxy.example.ClearShelf;
import io.holdfast.proxy.example.FindBooks;
import io.holdfast.proxy.example.ShelfGrpc;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
final class KeepAliveTest {

  private static final byte[] FIND = FindBooks.newBuilder().setShelfId("s1").build().toByteArray();

  @Test
  void a_stream_of_a_client_that_vanished_without_a_word_ends() throws Exception {
    try (var frontend = new FrontendFixture("keepalive-interval = 1s");
        var client = new Http2Client(frontend.port(), false)) {
      client.call("/example.Watcher/Watch", FIND);
      var watched = frontend.streams().next();

      assertThat(client.isClosedWithin(20)).isTrue();
      Eventually.holds(watched.replies()::abandoned);
    }
  }

  @Test
  void a_quiet_stream_of_a_client_that_answers_stays_open_past_the_idle_time() throws Exception {
    try (var frontend = new FrontendFixture("keepalive-interval = 1s", "idle-timeout = 1500ms");
        var client = new Http2Client(frontend.port(), true)) {
      client.call("/example.Watcher/Watch", FIND);
      var watched = frontend.streams().next();

      assertThat(client.isAsked(3)).isTrue();
      assertThat(client.isOpen()).isTrue();
      assertThat(watched.replies().abandoned()).isFalse();
    }
  }

  @Test
  void answers_do_not_keep_a_connection_open_that_has_no_call() throws Exception {
    try (var frontend = new FrontendFixture("keepalive-interval = 1s", "idle-timeout = 1500ms");
        var client = new Http2Client(frontend.port(), true)) {
      assertThat(client.isClosedWithin(20)).isTrue();
      assertThat(client.isAsked(1)).isTrue();
    }
  }

  @Test
  void an_old_connection_is_left_after_its_calls_and_no_call_fails() throws Exception {
    try (var frontend =
        new FrontendFixture("connection-age-max = 1s", "connection-age-grace = 1 minute")) {
      var channel = frontend.channel();
      var clear = ClearShelf.newBuilder().setShelfId("s1").build();
      var underWay = ShelfGrpc.newFutureStub(channel).clear(clear);
      var waiting = frontend.router().next();

      // The client has heard of it: it opens another connection for its next call.
      Eventually.holds(() -> channel.getState(false) == ConnectivityState.IDLE);
      frontend.router().reply(Empty.getDefaultInstance());
      assertThat(ShelfGrpc.newBlockingStub(channel).clear(clear)).isNotNull();

      waiting.replyTo().complete(FakeStreams.replied(Empty.getDefaultInstance()));
      assertThat(underWay.get(10, TimeUnit.SECONDS)).isEqualTo(Empty.getDefaultInstance());
    }
  }

  @Test
  void what_is_still_open_after_the_grace_is_closed() throws Exception {
    try (var frontend =
            new FrontendFixture("connection-age-max = 1s", "connection-age-grace = 500ms");
        var client = new Http2Client(frontend.port(), true)) {
      client.call("/example.Watcher/Watch", FIND);
      var watched = frontend.streams().next();

      assertThat(client.isClosedWithin(20)).isTrue();
      Eventually.holds(watched.replies()::abandoned);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "keepalive-interval = 10ms, keepalive-interval",
    "connection-age-max = 999ms, connection-age-max",
    "connection-age-grace = -1s, connection-age-grace"
  })
  void a_wrong_setting_is_named(String setting, String key) {
    assertThatThrownBy(() -> FrontendFixture.settings(setting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holdfast.http." + key);
  }
}
