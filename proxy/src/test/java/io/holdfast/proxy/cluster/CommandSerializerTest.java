// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
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
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import io.holdfast.proxy.entity.SessionMessage.Passivate;
import java.io.NotSerializableException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
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
  void a_command_arrives_whole_and_its_outcome_finds_the_way_back() throws Exception {
    var heard = new CompletableFuture<Outcome>();
    var sent = Deliver.byShard(command(), waiting(heard));
    var received = (Deliver) serializer.fromBinary(serializer.toBinary(sent), "C");
    assertThat(received.command().entity()).isEqualTo(sent.command().entity());
    assertThat(received.command().method()).isEqualTo(sent.command().method());
    assertThat(received.command().payload()).isEqualTo(sent.command().payload());
    assertThat(received.command().metadata()).isEqualTo(sent.command().metadata());
    assertThat(received.command().hops()).isEqualTo(3);
    assertThat(received.command().deadline().timeRemaining(TimeUnit.SECONDS)).isBetween(50L, 60L);
    var reply = new Outcome.Replied(ByteString.copyFromUtf8("done"), Metadata.getDefaultInstance());
    received.replyTo().complete(reply);
    received.replyTo().complete(Outcome.failed(Failure.Code.TIMED_OUT, "twice"));
    assertThat(heard.get(5, TimeUnit.SECONDS)).isEqualTo(reply);
  }

  @Test
  void a_command_passed_on_once_more_is_still_answered_directly() throws Exception {
    var heard = new CompletableFuture<Outcome>();
    var first =
        (Deliver)
            serializer.fromBinary(
                serializer.toBinary(Deliver.byShard(command(), waiting(heard))), "C");
    var second = (Deliver) serializer.fromBinary(serializer.toBinary(first), "C");
    var replyTo = (RemoteReplyTo) second.replyTo();
    assertThat(replyTo.receiver()).isEqualTo(((RemoteReplyTo) first.replyTo()).receiver());
    second.replyTo().complete(Outcome.failed(Failure.Code.UNAVAILABLE, "no"));
    assertThat(heard.get(5, TimeUnit.SECONDS)).isInstanceOf(Outcome.Failed.class);
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
        Deadline.after(60, TimeUnit.SECONDS),
        3);
  }

  private static ReplyTo waiting(CompletableFuture<Outcome> heard) {
    return new ReplyTo() {
      @Override
      public void complete(Outcome outcome) {
        heard.complete(outcome);
      }

      @Override
      public boolean abandoned() {
        return false;
      }
    };
  }
}
