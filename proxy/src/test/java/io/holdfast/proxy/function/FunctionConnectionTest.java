// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.function;

import static io.holdfast.proxy.discovery.ProtoFile.eventSourced;
import static io.holdfast.proxy.discovery.ProtoFile.key;
import static io.holdfast.proxy.discovery.ProtoFile.stringField;
import static io.holdfast.proxy.discovery.ProtoFile.unary;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import io.grpc.Status;
import io.holdfast.protocol.EntitySpec;
import io.holdfast.protocol.EventSource;
import io.holdfast.protocol.Eventing;
import io.holdfast.protocol.EventingProto;
import io.holdfast.protocol.eventsourced.EventSourcedInit;
import io.holdfast.protocol.eventsourced.EventSourcedReply;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.proxy.discovery.EntityService;
import io.holdfast.proxy.discovery.FunctionSpec;
import io.holdfast.proxy.discovery.ProtoFile;
import io.holdfast.proxy.discovery.SpecCheck;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FunctionConnectionTest {

  private static final int REPORTS_MAX = 2;
  private static final int MESSAGE_BYTES_MAX = 17 << 20;
  private static final EventLoopGroup EVENT_LOOPS = EventLoops.create(1, "test");
  private static final EntitySpec GOOD = ProtoFile.cart().spec(eventSourced("Cart", "")).build();
  private static final EntitySpec BAD =
      ProtoFile.cart().spec(eventSourced("Kart", ""), eventSourced("Dart", "")).build();

  private static final EntitySpec SUBSCRIBING =
      ProtoFile.named("a.proto")
          .message("In", key(stringField("a", 1)))
          .service("S", unary("OnEvent", ".test.In").setOptions(subscribedTo("cart")))
          .spec(eventSourced("S", ""))
          .build();

  private final ScriptedFunction function = ScriptedFunction.notYetUp(GOOD);
  private final Heard heard = new Heard();
  private final FunctionConnection connection = connection("127.0.0.1", Duration.ofSeconds(10));

  @AfterEach
  void close() {
    // Ends the streams that a test left open, for which the connection would wait.
    function.close();
    connection.close();
  }

  @AfterAll
  static void stopEventLoops() {
    EVENT_LOOPS.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void discovers_a_function_that_is_up() {
    function.up();
    connection.start();
    var spec = heard.discovered.next();
    assertThat(spec.services()).extracting(EntityService::name).containsExactly("test.Cart");
    assertThat(function.nextDiscover().getProxyName()).isEqualTo("holdfast");
  }

  @Test
  void finds_a_function_by_the_name_of_its_host() {
    function.up();
    try (var byName = connection("localhost", Duration.ofSeconds(10))) {
      byName.start();
      heard.discovered.next();
    }
  }

  @Test
  void waits_for_a_function_that_is_not_up_yet() {
    connection.start();
    assertThat(openStream().nextEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    function.up();
    heard.discovered.next();
  }

  @Test
  void asks_once_for_each_connection() {
    function.up();
    connection.start();
    heard.discovered.next();
    for (int i = 0; i < 3; i++) {
      openStream();
      function.nextStream();
    }
    function.nextDiscover();
    assertThat(function.furtherDiscoverCalls()).isZero();

    function.down();
    heard.lost.next();
    function.up();
    heard.discovered.next();
    function.nextDiscover();
    assertThat(function.furtherDiscoverCalls()).isZero();
  }

  @Test
  void takes_over_what_a_restarted_function_serves() {
    function.up();
    connection.start();
    heard.discovered.next();

    function.down();
    assertThat(heard.lost.next()).contains("127.0.0.1:" + function.port());
    function.announce(
        ProtoFile.cart()
            .service("Wishes", unary("Wish", ".test.AddItem"))
            .spec(eventSourced("Cart", ""), eventSourced("Wishes", ""))
            .build());
    function.up();

    assertThat(heard.discovered.next().services())
        .extracting(EntityService::name)
        .containsExactly("test.Cart", "test.Wishes");
  }

  @Test
  void carries_streams_both_ways() {
    function.up();
    connection.start();
    heard.discovered.next();

    var stream = openStream();
    stream.send(
        EventSourcedStreamIn.newBuilder()
            .setInit(EventSourcedInit.newBuilder().setEntityId("e"))
            .build());
    var scripted = function.nextStream();
    assertThat(scripted.nextInit().getEntityId()).isEqualTo("e");
    scripted.reply(EventSourcedReply.newBuilder().setCommandId(7).build());
    assertThat(stream.nextMessage().getReply().getCommandId()).isEqualTo(7);
    stream.halfClose();
    assertThat(scripted.nextEnd().isOk()).isTrue();
    scripted.complete();
    assertThat(stream.nextEnd().isOk()).isTrue();
  }

  @Test
  void ends_streams_when_the_function_dies() {
    function.up();
    connection.start();
    heard.discovered.next();
    var stream = openStream();
    function.nextStream();

    function.down();

    assertThat(stream.nextEnd().isOk()).isFalse();
    heard.lost.next();
    assertThat(openStream().nextEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void lets_streams_end_in_peace_when_the_function_asks_to_be_left() {
    function.up();
    connection.start();
    heard.discovered.next();
    var stream = openStream();
    var scripted = function.nextStream();

    function.drain();
    heard.lost.next();
    assertThat(openStream().nextEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);

    scripted.reply(EventSourcedReply.newBuilder().setCommandId(1).build());
    assertThat(stream.nextMessage().getReply().getCommandId()).isEqualTo(1);
    scripted.complete();
    assertThat(stream.nextEnd().isOk()).isTrue();
  }

  @Test
  void reports_all_problems_at_once_to_the_function_and_asks_no_further() {
    function.announce(BAD);
    function.up();
    connection.start();

    var problems = heard.refused.next();
    assertThat(problems).hasSize(2);
    assertThat(function.nextReport()).isEqualTo(String.join("\n", problems));
    assertThat(openStream().nextEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    function.nextDiscover();
    assertThat(function.furtherDiscoverCalls()).isZero();
  }

  @Test
  void serves_a_function_and_reports_what_it_asks_for_in_vain_after_each_restart() {
    function.announce(SUBSCRIBING);
    function.up();
    connection.start();
    heard.discovered.next();
    assertThat(function.nextReport()).contains("test.S.OnEvent", "the events of cart");

    function.down();
    function.up();
    heard.discovered.next();
    assertThat(function.nextReport()).contains("test.S.OnEvent", "the events of cart");
  }

  @Test
  void serves_a_function_again_that_came_back_corrected() {
    function.up();
    connection.start();
    heard.discovered.next();

    function.down();
    function.announce(BAD);
    function.up();
    heard.lost.next();
    heard.refused.next();

    function.down();
    function.announce(GOOD);
    function.up();
    heard.discovered.next();
    assertThat(heard.lost.rest()).isEmpty();
    openStream();
    function.nextStream();
  }

  @Test
  void tries_again_when_the_function_hangs() {
    function.hangOnDiscover();
    function.up();
    try (var impatient = connection("127.0.0.1", Duration.ofMillis(200))) {
      impatient.start();
      function.nextDiscover();
      function.nextDiscover();
      function.announce(GOOD);
      heard.discovered.next();
    }
  }

  @Test
  void lets_no_stream_through_to_a_function_that_was_not_asked() throws InterruptedException {
    function.serve(() -> (message, toProxy) -> {});
    function.up();
    connection.start();
    heard.discovered.next();
    var done = new AtomicBoolean();
    var client =
        new Thread(
            () -> {
              while (!done.get()) {
                openStream().halfClose();
                // Often enough to meet every moment, and few enough to be remembered.
                LockSupport.parkNanos(100_000);
              }
            });
    client.start();
    for (int restart = 0; restart < 20; restart++) {
      function.down();
      function.up();
      heard.discovered.next();
    }
    done.set(true);
    client.join();
    assertThat(function.streamsBeforeDiscover()).isZero();
  }

  @Test
  void delivers_reported_errors() {
    function.up();
    connection.start();
    heard.discovered.next();
    connection.reportError("what you did");
    assertThat(function.nextReport()).isEqualTo("what you did");
  }

  @Test
  void drops_reports_while_there_is_no_function() {
    connection.reportError("nobody hears this");
    function.up();
    connection.start();
    heard.discovered.next();
    connection.reportError("but this");
    assertThat(function.nextReport()).isEqualTo("but this");
  }

  @Test
  void drops_reports_when_too_many_are_under_way() {
    function.hangOnReports();
    function.up();
    connection.start();
    heard.discovered.next();
    for (int i = 1; i <= REPORTS_MAX + 3; i++) {
      connection.reportError("report " + i);
    }
    assertThat(List.of(function.nextReport(), function.nextReport()))
        .containsExactlyInAnyOrder("report 1", "report 2");

    function.down();
    function.up();
    heard.discovered.next();
    connection.reportError("after those have failed");
    assertThat(function.nextReport()).isEqualTo("after those have failed");
  }

  @Test
  void carries_events_of_16_mib_and_ends_a_stream_that_exceeds_the_bound() {
    function.up();
    connection.start();
    heard.discovered.next();
    var stream = openStream();
    var scripted = function.nextStream();

    scripted.reply(replyOf(16 << 20));
    assertThat(stream.nextMessage().getReply().getEvents(0).getValue().size()).isEqualTo(16 << 20);

    scripted.reply(replyOf(MESSAGE_BYTES_MAX + 1));
    assertThat(stream.nextEnd().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    // One stream's fault is not the others'.
    openStream();
    function.nextStream();
  }

  @Test
  void is_silent_after_its_end() {
    function.up();
    connection.start();
    heard.discovered.next();
    connection.close();
    assertThat(openStream().nextEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(heard.lost.rest()).isEmpty();
    connection.close();
  }

  private static MethodOptions subscribedTo(String eventLog) {
    var source = EventSource.newBuilder().setEventLog(eventLog);
    return MethodOptions.newBuilder()
        .setExtension(EventingProto.eventing, Eventing.newBuilder().setIn(source).build())
        .build();
  }

  private static EventSourcedReply replyOf(int eventBytes) {
    var event =
        Any.newBuilder().setTypeUrl("t/e").setValue(ByteString.copyFrom(new byte[eventBytes]));
    return EventSourcedReply.newBuilder().setCommandId(1).addEvents(event).build();
  }

  private FunctionConnection connection(String host, Duration timeout) {
    return new FunctionConnection(
        new FunctionSettings(
            host, function.port(), MESSAGE_BYTES_MAX, MESSAGE_BYTES_MAX, Duration.ofSeconds(5)),
        new DiscoverySettings(
            true,
            timeout,
            Duration.ofMillis(1),
            Duration.ofMillis(20),
            0.2,
            Duration.ofSeconds(5),
            REPORTS_MAX),
        new SpecCheck(true, Duration.ofSeconds(30)),
        EVENT_LOOPS,
        heard);
  }

  private ProxyStream openStream() {
    return new ProxyStream(connection.channel());
  }

  private static final class Heard implements FunctionListener {
    final Awaited<FunctionSpec> discovered = new Awaited<>("discovery");
    final Awaited<List<String>> refused = new Awaited<>("refusal");
    final Awaited<String> lost = new Awaited<>("loss");

    @Override
    public void discovered(FunctionSpec spec) {
      discovered.add(spec);
    }

    @Override
    public void refused(List<String> problems) {
      refused.add(problems);
    }

    @Override
    public void lost(String reason) {
      lost.add(reason);
    }
  }
}
