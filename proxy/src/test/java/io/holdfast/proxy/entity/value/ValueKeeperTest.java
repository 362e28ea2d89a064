// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.value;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorSystem;
import akka.testkit.javadsl.TestKit;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.Reply;
import io.holdfast.protocol.valueentity.ValueEntityAction;
import io.holdfast.protocol.valueentity.ValueEntityDelete;
import io.holdfast.protocol.valueentity.ValueEntityInit;
import io.holdfast.protocol.valueentity.ValueEntityInitState;
import io.holdfast.protocol.valueentity.ValueEntityReply;
import io.holdfast.protocol.valueentity.ValueEntityStreamIn;
import io.holdfast.protocol.valueentity.ValueEntityUpdate;
import io.holdfast.proxy.command.CommandMethod;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.entity.actor.EntityFixture;
import io.holdfast.proxy.entity.actor.EntityFixture.Client;
import io.holdfast.storage.v1.StoredValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** One value entity's actor between a function over real gRPC and a store that the test holds. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ValueKeeperTest {

  private static final EntityId ENTITY = new EntityId("profile", "a|b");
  private static final CommandMethod RENAME =
      new CommandMethod("test.Profiles", "Rename", "test.Rename", "test.Profile");
  private static final ActorSystem system = ActorSystem.create("values");

  private final ValueFunction function = new ValueFunction();
  private final ManagedChannel channel =
      Grpc.newChannelBuilderForAddress(
              "127.0.0.1", function.port(), InsecureChannelCredentials.create())
          .build();
  private final HeldValues store = new HeldValues();
  private final EntityFixture entity =
      new EntityFixture(system, ENTITY, RENAME, channel, store, ValueKeeper::new);

  @AfterEach
  void stop() {
    entity.close();
    channel.shutdownNow();
    function.close();
  }

  @AfterAll
  static void shutDown() {
    TestKit.shutdownActorSystem(system);
  }

  private Client command(String text) {
    return entity.command(text);
  }

  private static ValueEntityReply.Builder reply(long id, String text) {
    return ValueEntityReply.newBuilder()
        .setCommandId(id)
        .setClientAction(
            ClientAction.newBuilder()
                .setReply(
                    Reply.newBuilder()
                        .setPayload(
                            Any.newBuilder()
                                .setTypeUrl("type.googleapis.com/test.Profile")
                                .setValue(ByteString.copyFromUtf8(text)))));
  }

  private static ValueEntityReply.Builder update(long id, String text, String value) {
    return reply(id, text)
        .setStateAction(
            ValueEntityAction.newBuilder()
                .setUpdate(ValueEntityUpdate.newBuilder().setValue(any(value))));
  }

  private static ValueEntityReply.Builder delete(long id, String text) {
    return reply(id, text)
        .setStateAction(
            ValueEntityAction.newBuilder().setDelete(ValueEntityDelete.getDefaultInstance()));
  }

  private static Any any(String text) {
    return Any.newBuilder()
        .setTypeUrl("type.googleapis.com/test.State")
        .setValue(ByteString.copyFromUtf8(text))
        .build();
  }

  private StoredValue stored() {
    return store.get(ENTITY.persistenceId()).toCompletableFuture().join().orElseThrow();
  }

  /** Has the entity leave its stream, so that the next command opens one. */
  private void restart(ValueFunction.Stream stream) {
    var client = command("restart");
    stream.reply(
        ValueEntityReply.newBuilder()
            .setCommandId(stream.nextCommand().getId())
            .setClientAction(
                ClientAction.newBuilder()
                    .setFailure(Failure.newBuilder().setDescription("sick").setRestart(true))));
    assertThat(client.hears()).isEqualTo("REFUSED");
  }

  @Test
  void a_new_entity_begins_with_a_state_that_has_no_value() {
    command("a");
    var stream = function.nextStream();
    var init = stream.nextInit();
    assertThat(init.getServiceName()).isEqualTo("test.Profiles");
    assertThat(init.getEntityId()).isEqualTo("a-b");
    assertThat(init.hasState()).isTrue();
    assertThat(init.getState().hasValue()).isFalse();
    assertThat(stream.nextCommand().getId()).isEqualTo(1);
  }

  @Test
  void an_update_is_stored_with_its_origin_and_comes_back_with_the_next_stream() {
    var client = command("a");
    var stream = function.nextStream();
    stream.nextInit();
    stream.nextCommand();
    stream.reply(update(1, "done", "anna"));
    assertThat(client.hears()).isEqualTo("done");
    assertThat(stored().getRevision()).isEqualTo(1);
    assertThat(stored().getPayload().toStringUtf8()).isEqualTo("anna");
    assertThat(stored().getTimeMicros()).isEqualTo(1_767_323_045_000_006L);
    assertThat(stored().getOrigin().getCommand()).isEqualTo("test.Profiles/Rename");
    assertThat(stored().getOrigin().getFunctionVersion()).isEqualTo("1.2.3");
    restart(stream);
    command("b");
    assertThat(function.nextStream().nextInit().getState().getValue()).isEqualTo(any("anna"));
  }

  @Test
  void after_a_deletion_there_is_no_value_and_the_revision_goes_on() {
    var client = command("a");
    var stream = function.nextStream();
    stream.nextInit();
    stream.nextCommand();
    stream.reply(update(1, "1", "anna"));
    assertThat(client.hears()).isEqualTo("1");
    client = command("b");
    stream.nextCommand();
    stream.reply(delete(2, "gone"));
    assertThat(client.hears()).isEqualTo("gone");
    restart(stream);
    client = command("c");
    var next = function.nextStream();
    assertThat(next.nextInit().getState().hasValue()).isFalse();
    next.nextCommand();
    next.reply(update(1, "again", "berta"));
    assertThat(client.hears()).isEqualTo("again");
    assertThat(stored().getRevision()).isEqualTo(3);
  }

  @Test
  void values_that_come_while_one_is_stored_go_together_and_all_are_answered_then() {
    store.hold();
    var first = command("a");
    var second = command("b");
    var third = command("c");
    var reader = command("read");
    var stream = function.nextStream();
    stream.nextInit();
    for (int id = 1; id <= 3; id++) {
      stream.nextCommand();
      stream.reply(update(id, "" + id, "value " + id));
    }
    stream.nextCommand();
    stream.reply(reply(4, "reads 3"));
    var put = store.nextPut();
    assertThat(put.value().getPayload().toStringUtf8()).isEqualTo("value 1");
    // The answer to a fifth command shows that the session has dealt with those before.
    command("e");
    stream.nextCommand();
    put.succeed();
    assertThat(first.hears()).isEqualTo("1");
    var next = store.nextPut();
    assertThat(next.value().getPayload().toStringUtf8()).isEqualTo("value 3");
    assertThat(next.value().getRevision()).isEqualTo(2);
    assertThat(second.heardNothing()).isTrue();
    assertThat(reader.heardNothing()).isTrue();
    next.succeed();
    assertThat(second.hears()).isEqualTo("2");
    assertThat(third.hears()).isEqualTo("3");
    assertThat(reader.hears()).isEqualTo("reads 3");
    assertThat(store.noPutWaits()).isTrue();
  }

  @Test
  void a_reply_that_changes_nothing_never_touches_the_store() {
    store.hold();
    var client = command("a");
    var stream = function.nextStream();
    stream.nextInit();
    stream.nextCommand();
    stream.reply(reply(1, "read"));
    assertThat(client.hears()).isEqualTo("read");
    assertThat(store.noPutWaits()).isTrue();
  }

  @Test
  void a_put_that_fails_fails_every_unacknowledged_command_and_the_next_reads_the_store_anew() {
    store.hold();
    var first = command("a");
    var second = command("b");
    var stream = function.nextStream();
    stream.nextInit();
    stream.nextCommand();
    stream.reply(update(1, "1", "lost"));
    stream.nextCommand();
    stream.reply(update(2, "2", "lost too"));
    store.nextPut().fail("disk full");
    assertThat(first.hears()).isEqualTo("INDETERMINATE");
    assertThat(second.hears()).isEqualTo("INDETERMINATE");
    assertThat(stream.nextEnd().getCode()).isEqualTo(Status.Code.OK);
  }

  @Test
  void an_entity_whose_value_someone_else_has_replaced_meanwhile_loses() {
    var client = command("a");
    var stream = function.nextStream();
    stream.nextInit();
    stream.nextCommand();
    store.put(ENTITY.persistenceId(), StoredValue.newBuilder().setRevision(1).build());
    stream.reply(update(1, "1", "mine"));
    assertThat(client.hears()).isEqualTo("INDETERMINATE");
    assertThat(stored().getPayload().isEmpty()).isTrue();
  }

  @Test
  void a_value_that_cannot_be_read_fails_the_command_and_is_tried_again() {
    function.answerAll(command -> reply(command.getId(), "fine"));
    store.broken = true;
    assertThat(command("a").hears()).isEqualTo("UNAVAILABLE");
    store.broken = false;
    assertThat(command("b").hears()).isEqualTo("fine");
  }

  @Test
  void a_value_without_a_type_url_is_refused_and_not_stored() {
    store.hold();
    var client = command("a");
    var stream = function.nextStream();
    stream.nextInit();
    stream.nextCommand();
    stream.reply(
        reply(1, "1")
            .setStateAction(
                ValueEntityAction.newBuilder().setUpdate(ValueEntityUpdate.getDefaultInstance())));
    assertThat(client.hears()).isEqualTo("FUNCTION_BROKEN");
    assertThat(store.noPutWaits()).isTrue();
  }

  @Test
  void an_action_that_is_neither_update_nor_deletion_is_refused() {
    var client = command("a");
    var stream = function.nextStream();
    stream.nextInit();
    stream.nextCommand();
    stream.reply(reply(1, "1").setStateAction(ValueEntityAction.getDefaultInstance()));
    assertThat(client.hears()).isEqualTo("FUNCTION_BROKEN");
  }

  @Test
  void a_value_that_the_function_could_not_be_given_back_is_refused_and_nothing_is_stored() {
    int limit = 100_000;
    entity.messageBytesMax(limit);
    String largest = "x".repeat(limit - (init("x".repeat(limit)).getSerializedSize() - limit));
    assertThat(init(largest).getSerializedSize()).isEqualTo(limit);
    var first = command("a");
    var stream = function.nextStream();
    stream.nextInit();
    stream.nextCommand();
    stream.reply(update(1, "1", largest));
    assertThat(first.hears()).isEqualTo("1");
    var second = command("b");
    stream.nextCommand();
    stream.reply(update(2, "2", largest + "x"));
    assertThat(second.hears()).isEqualTo("REFUSED");
    assertThat(stored().getPayload().size()).isEqualTo(largest.length());
    // It has changed its own state, and begins anew from what is stored.
    assertThat(stream.nextEnd().getCode()).isEqualTo(Status.Code.OK);
    assertThat(function.nextStream().nextInit()).isEqualTo(init(largest).getInit());
  }

  @Test
  void a_stored_value_that_the_function_cannot_take_fails_the_recovery_until_it_can() {
    store.put(
        ENTITY.persistenceId(),
        StoredValue.newBuilder()
            .setRevision(1)
            .setTypeUrl(any("").getTypeUrl())
            .setPayload(ByteString.copyFromUtf8("x".repeat(50_000)))
            .build());
    entity.messageBytesMax(50_000);
    assertThat(command("a").hears()).isEqualTo("UNAVAILABLE");
    entity.messageBytesMax(60_000);
    function.answerAll(command -> reply(command.getId(), "read"));
    assertThat(command("b").hears()).isEqualTo("read");
  }

  @Test
  void a_command_that_the_function_could_not_take_is_an_invalid_one_and_the_stream_goes_on() {
    command("a");
    var stream = function.nextStream();
    stream.nextInit();
    int around =
        ValueEntityStreamIn.newBuilder()
                .setCommand(
                    stream.nextCommand().toBuilder().setPayload(payload("x".repeat(50_000))))
                .build()
                .getSerializedSize()
            - 50_000;
    stream.reply(reply(1, "1"));
    entity.messageBytesMax(60_000);
    assertThat(command("x".repeat(60_000 - around + 1)).hears()).isEqualTo("INVALID_COMMAND");
    var largest = command("x".repeat(60_000 - around));
    assertThat(stream.nextCommand().getId()).isEqualTo(2);
    stream.reply(reply(2, "2"));
    assertThat(largest.hears()).isEqualTo("2");
  }

  private static Any payload(String text) {
    return Any.newBuilder()
        .setTypeUrl("type.googleapis.com/test.Rename")
        .setValue(ByteString.copyFromUtf8(text))
        .build();
  }

  private static ValueEntityStreamIn init(String value) {
    return ValueEntityStreamIn.newBuilder()
        .setInit(
            ValueEntityInit.newBuilder()
                .setServiceName("test.Profiles")
                .setEntityId("a-b")
                .setState(ValueEntityInitState.newBuilder().setValue(any(value))))
        .build();
  }
}
