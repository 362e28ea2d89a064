// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import akka.testkit.javadsl.TestKit;
import com.google.protobuf.ByteString;
import com.typesafe.config.ConfigFactory;
import io.grpc.Deadline;
import io.grpc.Status;
import io.holdfast.protocol.Metadata;
import io.holdfast.protocol.MetadataEntry;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.CommandMethod;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import io.holdfast.proxy.entity.SessionMessage.Passivate;
import io.holdfast.proxy.routing.transfer.Reference;
import io.holdfast.proxy.routing.transfer.RemoteContent;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CommandSerializerTest {

  private static final ActorSystem system =
      ActorSystem.create(
          "nodes",
          ConfigFactory.parseString("akka.actor.provider = local")
              .withFallback(ConfigFactory.defaultReference()));

  private static final Deadline.Ticker STOPPED =
      new Deadline.Ticker() {
        @Override
        public long nanoTime() {
          return 0;
        }
      };

  private final CommandSerializer serializer = new CommandSerializer((ExtendedActorSystem) system);

  @AfterAll
  static void shutDown() {
    system.terminate();
  }

  @Test
  void a_reply_keeps_its_bytes_for_ever() {
    var outcome =
        new RemoteOutcome(
            7,
            new Outcome.Replied(
                ByteString.copyFromUtf8("hi"),
                Metadata.newBuilder()
                    .addEntries(MetadataEntry.newBuilder().setKey("k").setStringValue("v"))
                    .build()));
    assertThat(serializer.manifest(outcome)).isEqualTo("O");
    assertThat(HexFormat.of().formatHex(serializer.toBinary(outcome)))
        .isEqualTo("0807120e0a02686912080a060a016b120176");
  }

  @Test
  void a_failure_keeps_its_bytes_for_ever() {
    var outcome =
        new RemoteOutcome(7, new Outcome.Failed(Failure.refused(Status.Code.NOT_FOUND, "gone")));
    assertThat(HexFormat.of().formatHex(serializer.toBinary(outcome)))
        .isEqualTo("08071a110a0752454655534544" + "1005" + "1a04676f6e65");
  }

  @Test
  void outcomes_come_back_as_they_went() throws Exception {
    for (Outcome outcome :
        new Outcome[] {
          new Outcome.Replied(ByteString.EMPTY, Metadata.getDefaultInstance()),
          new Outcome.Replied(ByteString.copyFromUtf8("x"), Metadata.getDefaultInstance()),
          Outcome.failed(Failure.Code.TIMED_OUT, "late"),
          new Outcome.Failed(Failure.refused(Status.Code.ABORTED, "again"))
        }) {
      var remote = new RemoteOutcome(3, outcome);
      assertThat(serializer.fromBinary(serializer.toBinary(remote), "O")).isEqualTo(remote);
    }
  }

  @Test
  void a_failure_whose_code_a_newer_node_invented_is_indeterminate() throws Exception {
    byte[] bytes =
        io.holdfast.cluster.v1.RoutedOutcome.newBuilder()
            .setCorrelation(1)
            .setFailure(
                io.holdfast.cluster.v1.RoutedFailure.newBuilder()
                    .setCode("INVENTED_LATER")
                    .setStatus(14)
                    .setDetail("?"))
            .build()
            .toByteArray();
    assertThat(serializer.fromBinary(bytes, "O"))
        .isEqualTo(
            new RemoteOutcome(
                1,
                new Outcome.Failed(
                    new Failure(Failure.Code.INDETERMINATE, Status.Code.UNAVAILABLE, "?"))));
  }

  @Test
  void a_command_keeps_its_bytes_for_ever() {
    assertThat(serializer.manifest(sent())).isEqualTo("C");
    assertThat(HexFormat.of().formatHex(serializer.toBinary(sent())))
        .isEqualTo(
            HexFormat.of().formatHex(new byte[] {0x0a, 7})
                + hex("counter")
                + "1203"
                + hex("a|b")
                + "1a0d"
                + hex("test.Counters")
                + "2203"
                + hex("Add")
                + "2a08"
                + hex("test.Add")
                + "320a"
                + hex("test.Total")
                + "3a07"
                + hex("payload")
                + "4208"
                + "0a06"
                + "0a016b120176"
                + "48808ece1c"
                + "5218"
                + hex("akka://nodes/deadLetters")
                + "582a"
                + "6003");
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_command_arrives_whole() throws Exception {
    var received = (Deliver) serializer.fromBinary(serializer.toBinary(sent()), "C");
    assertThat(received.command().entity()).isEqualTo(command().entity());
    assertThat(received.command().method()).isEqualTo(command().method());
    assertThat(received.command().payload()).isEqualTo(command().payload());
    assertThat(received.command().metadata()).isEqualTo(command().metadata());
    assertThat(received.command().hops()).isEqualTo(3);
    assertThat(received.command().deadline().timeRemaining(TimeUnit.SECONDS)).isBetween(50L, 60L);
    assertThat(received.direct()).isFalse();
  }

  @Test
  void fields_that_a_newer_node_added_are_passed_over() throws Exception {
    byte[] added = HexFormat.of().parseHex("a0067b");
    for (Object message :
        new Object[] {
          sent(), new RemoteOutcome(3, replied()), new RemotePassedOn(4, "a:1"), new RemoteReturn(5)
        }) {
      byte[] known = serializer.toBinary(message);
      byte[] newer = Arrays.copyOf(known, known.length + added.length);
      System.arraycopy(added, 0, newer, known.length, added.length);
      String manifest = serializer.manifest(message);
      Object read = serializer.fromBinary(newer, manifest);
      assertThat(read).isInstanceOf(message.getClass());
      if (!(message instanceof Deliver)) {
        assertThat(read).isEqualTo(message);
      }
    }
  }

  @Test
  void a_command_passed_on_once_more_is_still_answered_directly() throws Exception {
    var first = (Deliver) serializer.fromBinary(serializer.toBinary(sent()), "C");
    var second = (Deliver) serializer.fromBinary(serializer.toBinary(first), "C");
    var replyTo = (RemoteReplyTo) second.replyTo();
    assertThat(replyTo.receiver()).isEqualTo(system.deadLetters());
    assertThat(replyTo.correlation()).isEqualTo(42);
  }

  @Test
  void what_is_said_of_a_command_on_its_way_keeps_its_bytes_for_ever() throws Exception {
    var passedOn = new RemotePassedOn(300, "10.0.0.1:2551");
    assertThat(serializer.manifest(passedOn)).isEqualTo("M");
    assertThat(HexFormat.of().formatHex(serializer.toBinary(passedOn)))
        .isEqualTo("08ac02" + "120d" + hex("10.0.0.1:2551"));
    var returned = new RemoteReturn(300);
    assertThat(serializer.manifest(returned)).isEqualTo("R");
    assertThat(HexFormat.of().formatHex(serializer.toBinary(returned))).isEqualTo("08ac02");
    assertThat(serializer.fromBinary(serializer.toBinary(passedOn), "M")).isEqualTo(passedOn);
    assertThat(serializer.fromBinary(serializer.toBinary(returned), "R")).isEqualTo(returned);
  }

  @Test
  void a_kind_of_command_that_only_newer_nodes_know_is_refused_at_once() throws Exception {
    var sender = new TestKit(system);
    byte[] newer = serializer.toBinary(Deliver.byShard(command(), replyTo(sender.getRef())));
    assertThatThrownBy(() -> serializer.fromBinary(newer, "CS"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessage("unknown manifest CS");
    var heard = sender.expectMsgClass(RemoteOutcome.class);
    assertThat(heard.correlation()).isEqualTo(42);
    Failure failure = ((Outcome.Failed) heard.outcome()).failure();
    assertThat(failure.status()).isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(failure.detail()).startsWith("counter Add: ").endsWith("nothing happened");
  }

  private static Deliver withoutPayload() {
    var content =
        new RemoteContent(
            new Reference(system.deadLetters(), 300, 4 << 20),
            () -> {
              throw new IllegalStateException("nothing is fetched here");
            });
    return Deliver.without(content, command(), replyTo(system.deadLetters()));
  }

  @Test
  void a_command_whose_payload_is_fetched_keeps_its_bytes_for_ever() {
    assertThat(serializer.manifest(withoutPayload())).isEqualTo("CF");
    assertThat(HexFormat.of().formatHex(serializer.toBinary(withoutPayload())))
        .isEqualTo(
            "0a07"
                + hex("counter")
                + "1203"
                + hex("a|b")
                + "1a0d"
                + hex("test.Counters")
                + "2203"
                + hex("Add")
                + "2a08"
                + hex("test.Add")
                + "320a"
                + hex("test.Total")
                + "48808ece1c"
                + "5218"
                + hex("akka://nodes/deadLetters")
                + "582a"
                + "6003"
                + "a20122"
                + "0a18"
                + hex("akka://nodes/deadLetters")
                + "10ac02"
                + "1880808002");
  }

  @Test
  void a_command_whose_payload_is_fetched_may_be_passed_on_without_it() throws Exception {
    var first = (Deliver) serializer.fromBinary(serializer.toBinary(withoutPayload()), "CF");
    var second = (Deliver) serializer.fromBinary(serializer.toBinary(first), "CF");
    assertThat(second.command().payload()).isEmpty();
    assertThat(second.command().method()).isEqualTo(command().method());
    assertThat(second.pending())
        .isInstanceOfSatisfying(
            RemoteContent.class,
            content ->
                assertThat(content.reference())
                    .isEqualTo(new Reference(system.deadLetters(), 300, 4 << 20)));
  }

  @Test
  void a_command_whose_id_alone_is_too_large_is_refused_by_name() {
    var sender = new TestKit(system);
    Command command = command();
    var large =
        new Command(
            new EntityId("counter", "x".repeat(300_000)),
            command.method(),
            command.payload(),
            command.metadata(),
            command.deadline());
    var content =
        new RemoteContent(
            new Reference(system.deadLetters(), 1, 1),
            () -> {
              throw new IllegalStateException("nothing is fetched here");
            });
    assertThatThrownBy(
            () -> serializer.toBinary(Deliver.without(content, large, replyTo(sender.getRef()))))
        .isInstanceOf(IllegalArgumentException.class);
    Failure failure =
        ((Outcome.Failed) sender.expectMsgClass(RemoteOutcome.class).outcome()).failure();
    assertThat(failure.status()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.detail())
        .isEqualTo(
            "counter Add: the entity's id of 300000 characters is too long to be sent to another"
                + " node");
  }

  @Test
  void an_outcome_that_is_fetched_keeps_its_bytes_for_ever() throws Exception {
    var held = new RemoteHeldOutcome(300, new Reference(system.deadLetters(), 7, 4 << 20));
    assertThat(serializer.manifest(held)).isEqualTo("H");
    assertThat(HexFormat.of().formatHex(serializer.toBinary(held)))
        .isEqualTo(
            "08ac02" + "1221" + "0a18" + hex("akka://nodes/deadLetters") + "1007" + "1880808002");
    assertThat(serializer.fromBinary(serializer.toBinary(held), "H")).isEqualTo(held);
  }

  @Test
  void a_node_of_an_older_release_hears_at_once_that_a_reply_is_too_large_for_it() {
    var sender = new TestKit(system);
    replyTo(sender.getRef())
        .complete(
            new Outcome.Replied(
                ByteString.copyFrom(new byte[300_000]), Metadata.getDefaultInstance()));
    Failure failure =
        ((Outcome.Failed) sender.expectMsgClass(RemoteOutcome.class).outcome()).failure();
    assertThat(failure.code()).isEqualTo(Failure.Code.INDETERMINATE);
    assertThat(failure.detail())
        .startsWith("its reply of 300000 bytes is lost: node ")
        .endsWith("is of an older release, which takes none of that size; the outcome is unknown");
  }

  @Test
  void a_node_of_an_older_release_gets_the_beginning_of_a_failure_that_is_too_long_for_it() {
    var sender = new TestKit(system);
    replyTo(sender.getRef())
        .complete(
            new Outcome.Failed(
                Failure.refused(Status.Code.NOT_FOUND, "no such thing ".repeat(9_999))));
    Failure failure =
        ((Outcome.Failed) sender.expectMsgClass(RemoteOutcome.class).outcome()).failure();
    assertThat(failure.status()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(failure.detail()).startsWith("no such thing ").hasSize(10_001);
  }

  @Test
  void the_stop_message_of_shards_has_no_content() throws Exception {
    assertThat(serializer.toBinary(Passivate.PASSIVATE)).isEmpty();
    assertThat(serializer.fromBinary(new byte[0], "P")).isEqualTo(Passivate.PASSIVATE);
  }

  @Test
  void garbage_and_unknown_manifests_are_refused() {
    assertThatThrownBy(() -> serializer.fromBinary(new byte[] {1, 2, 3}, "C"))
        .isInstanceOf(NotSerializableException.class);
    assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "X"))
        .isInstanceOf(NotSerializableException.class);
    assertThatThrownBy(() -> serializer.manifest("text"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Command command() {
    return new Command(
        new EntityId("counter", "a|b"),
        new CommandMethod("test.Counters", "Add", "test.Add", "test.Total"),
        ByteString.copyFromUtf8("payload"),
        Metadata.newBuilder()
            .addEntries(MetadataEntry.newBuilder().setKey("k").setStringValue("v"))
            .build(),
        Deadline.after(60, TimeUnit.SECONDS, STOPPED),
        3);
  }

  private static Deliver sent() {
    return Deliver.byShard(command(), replyTo(system.deadLetters()));
  }

  private static RemoteReplyTo replyTo(ActorRef receiver) {
    return new RemoteReplyTo(receiver, 42, LargeOutcomes.refused(), null);
  }

  private static Outcome replied() {
    return new Outcome.Replied(ByteString.copyFromUtf8("x"), Metadata.getDefaultInstance());
  }
}
