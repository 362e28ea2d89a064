// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import static io.holdfast.sdk.server.ProxyStream.commandOf;
import static io.holdfast.sdk.server.ProxyStream.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import io.grpc.Status;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.Reply;
import io.holdfast.protocol.valueentity.ValueEntityAction;
import io.holdfast.protocol.valueentity.ValueEntityDelete;
import io.holdfast.protocol.valueentity.ValueEntityInitState;
import io.holdfast.protocol.valueentity.ValueEntityReply;
import io.holdfast.protocol.valueentity.ValueEntityStreamIn;
import io.holdfast.protocol.valueentity.ValueEntityUpdate;
import io.holdfast.sdk.Function;
import io.holdfast.sdk.Mode;
import io.holdfast.sdk.RunningFunction;
import io.holdfast.sdk.cart.CartEntity;
import io.holdfast.sdk.profile.ProfileEntity;
import io.holdfast.sdk.testproto.ProfileId;
import io.holdfast.sdk.testproto.ProfileView;
import io.holdfast.sdk.testproto.RenameRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ValueStreamTest {

  private static final ProfileId ID = ProfileId.getDefaultInstance();
  private static final Any STORED = json("test-profile.v2", "{\"name\":\"ann\",\"renamed\":3}");

  private RunningFunction function;
  private ProxyConnection proxy;

  @BeforeAll
  void start() {
    function =
        Function.of(ProfileEntity.described(), CartEntity.described())
            .port(0)
            .mode(Mode.DEVELOPMENT)
            .start();
    proxy = new ProxyConnection(function);
  }

  @AfterAll
  void stop() {
    proxy.close();
    function.close();
  }

  @Test
  void without_a_value_the_state_is_empty() {
    var stream = proxy.openValue().init().command("Show", ID);
    assertThat(stream.next().getReply())
        .isEqualTo(answered(1).setClientAction(replied(view("", 0))).build());
  }

  @Test
  void a_stored_value_is_the_state() {
    var stream = proxy.openValue().init(STORED).command("Show", ID);
    assertThat(stream.next().getReply())
        .isEqualTo(answered(1).setClientAction(replied(view("ann", 3))).build());
  }

  @Test
  void a_value_of_an_old_shape_is_upgraded() {
    var stream = proxy.openValue().init(json("test-profile", "{\"name\":\"ann\"}"));
    stream.command("Show", ID);
    assertThat(stream.next().getReply().getClientAction()).isEqualTo(replied(view("ann", 0)));
  }

  @Test
  void an_update_carries_the_whole_value() {
    var stream = proxy.openValue().init(STORED).command("Rename", rename("bob"));
    assertThat(stream.next().getReply())
        .isEqualTo(
            answered(1)
                .setClientAction(replied(Empty.getDefaultInstance()))
                .setStateAction(updated("{\"name\":\"bob\",\"renamed\":4}"))
                .build());
  }

  @Test
  void an_update_and_a_reply_from_the_new_state() {
    var stream = proxy.openValue().init().command("RenameAndShow", rename("bob"));
    assertThat(stream.next().getReply())
        .isEqualTo(
            answered(1)
                .setClientAction(replied(view("bob", 1)))
                .setStateAction(updated("{\"name\":\"bob\",\"renamed\":1}"))
                .build());
  }

  @Test
  void an_update_and_nothing_else() {
    var stream = proxy.openValue().init().command("Rename", rename("quiet"));
    assertThat(stream.next().getReply())
        .isEqualTo(
            answered(1).setStateAction(updated("{\"name\":\"quiet\",\"renamed\":1}")).build());
  }

  @Test
  void the_state_goes_from_command_to_command() {
    var stream = proxy.openValue().init();
    stream.command("Rename", rename("ann")).next();
    stream.command("Rename", rename("bob")).next();
    stream.command("Show", ID);
    assertThat(stream.next().getReply().getClientAction()).isEqualTo(replied(view("bob", 2)));
  }

  @Test
  void after_a_deletion_the_state_is_empty_again() {
    var stream = proxy.openValue().init(STORED).command("Forget", ID);
    assertThat(stream.next().getReply())
        .isEqualTo(
            answered(1)
                .setClientAction(replied(Empty.getDefaultInstance()))
                .setStateAction(
                    ValueEntityAction.newBuilder()
                        .setDelete(ValueEntityDelete.getDefaultInstance()))
                .build());
    stream.command("Show", ID);
    assertThat(stream.next().getReply().getClientAction()).isEqualTo(replied(view("", 0)));
  }

  @Test
  void a_refusal_stores_nothing_and_leaves_the_entity_alive() {
    var stream = proxy.openValue().init(STORED).command("Rename", rename("forbidden"));
    assertThat(stream.next().getReply())
        .isEqualTo(
            answered(1)
                .setClientAction(failed("not that name", Status.Code.PERMISSION_DENIED, false))
                .build());
    stream.command("Show", ID);
    assertThat(stream.next().getReply().getClientAction()).isEqualTo(replied(view("ann", 3)));
  }

  @Test
  void an_exception_stores_nothing_and_asks_for_a_restart() {
    var stream = proxy.openValue().init(STORED).command("Rename", rename("broken"));
    assertThat(stream.next().getReply())
        .isEqualTo(
            answered(1)
                .setClientAction(
                    failed(
                        "java.lang.IllegalStateException: this broke", Status.Code.INTERNAL, true))
                .build());
  }

  @Test
  void an_effect_of_an_event_sourced_entity_fails_the_command() {
    var stream = proxy.openValue().init(STORED).command("Rename", rename("event"));
    var reply = stream.next().getReply();
    assertThat(reply.hasStateAction()).isFalse();
    assertThat(reply.getClientAction().getFailure().getDescription())
        .endsWith("a value entity stores no events: update or delete it");
    assertThat(reply.getClientAction().getFailure().getRestart()).isTrue();
  }

  @Test
  void an_init_without_state_breaks_the_protocol() {
    var stream = proxy.openValue().send(ValueProxyStream.initOf(ValueProxyStream.SERVICE));
    ends(stream, 0, "an init without state");
  }

  @Test
  void a_second_init_breaks_the_protocol() {
    ends(proxy.openValue().init().init(), 0, "second init");
  }

  @Test
  void an_empty_message_breaks_the_protocol() {
    ends(
        proxy.openValue().init().send(ValueEntityStreamIn.newBuilder()),
        0,
        "message that is empty");
  }

  @Test
  void a_command_before_init_breaks_the_protocol() {
    ends(proxy.openValue().command("Show", ID), 1, "no init but COMMAND");
  }

  @Test
  void a_repeated_command_id_breaks_the_protocol() {
    var stream = proxy.openValue().init();
    stream.command("Show", ID).next();
    ends(stream.command(commandOf(1, "Show", ID)), 1, "command 1 after command 1");
  }

  @Test
  void an_entity_of_another_kind_is_not_served_on_this_stream() {
    var state = ValueEntityInitState.getDefaultInstance();
    ends(
        proxy.openValue().send(ValueProxyStream.initOf(ProxyStream.SERVICE).setState(state)),
        0,
        "no entity of service " + ProxyStream.SERVICE);
  }

  @Test
  void a_value_of_an_unknown_type_fails_recovery_and_says_which() {
    ends(proxy.openValue().init(json("portrait", "{}")), 0, "json.cloudstate.io/portrait");
  }

  private static void ends(ValueProxyStream stream, long command, String words) {
    var failure = stream.next().getFailure();
    assertThat(failure.getCommandId()).isEqualTo(command);
    assertThat(failure.getDescription()).contains(words);
    assertThat(failure.getGrpcStatusCode()).isEqualTo(Status.Code.INTERNAL.value());
    assertThat(failure.getRestart()).isTrue();
    assertThat(stream.end().isOk()).isTrue();
  }

  private static ValueEntityReply.Builder answered(long command) {
    return ValueEntityReply.newBuilder().setCommandId(command);
  }

  private static ValueEntityAction updated(String json) {
    return ValueEntityAction.newBuilder()
        .setUpdate(ValueEntityUpdate.newBuilder().setValue(json("test-profile.v2", json)))
        .build();
  }

  private static ClientAction replied(Message message) {
    return ClientAction.newBuilder()
        .setReply(Reply.newBuilder().setPayload(Any.pack(message)))
        .build();
  }

  private static ClientAction failed(String description, Status.Code code, boolean restart) {
    return ClientAction.newBuilder()
        .setFailure(
            Failure.newBuilder()
                .setCommandId(1)
                .setDescription(description)
                .setGrpcStatusCode(code.value())
                .setRestart(restart))
        .build();
  }

  private static RenameRequest rename(String name) {
    return RenameRequest.newBuilder().setName(name).build();
  }

  private static ProfileView view(String name, int renamed) {
    return ProfileView.newBuilder().setName(name).setRenamed(renamed).build();
  }
}
