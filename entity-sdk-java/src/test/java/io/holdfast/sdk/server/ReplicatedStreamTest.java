// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import static io.holdfast.sdk.server.ReplicaStream.added;
import static io.holdfast.sdk.server.ReplicaStream.commandOf;
import static io.holdfast.sdk.server.ReplicaStream.removed;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import io.grpc.Status;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.Reply;
import io.holdfast.protocol.crdt.CrdtDelete;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.CrdtReply;
import io.holdfast.protocol.crdt.CrdtStateAction;
import io.holdfast.protocol.crdt.CrdtStreamCancelledResponse;
import io.holdfast.protocol.crdt.CrdtStreamOut;
import io.holdfast.protocol.crdt.CrdtStreamedMessage;
import io.holdfast.protocol.crdt.CrdtWriteConsistency;
import io.holdfast.protocol.crdt.GCounterDelta;
import io.holdfast.sdk.Function;
import io.holdfast.sdk.Mode;
import io.holdfast.sdk.RunningFunction;
import io.holdfast.sdk.rooms.RoomEntity;
import io.holdfast.sdk.testproto.EnterRequest;
import io.holdfast.sdk.testproto.People;
import io.holdfast.sdk.testproto.RoomId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Given what the proxy sends, this is what a replicated entity answers. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReplicatedStreamTest {

  private final RunningFunction function =
      Function.of(RoomEntity.described()).port(0).mode(Mode.DEVELOPMENT).start();
  private final ProxyConnection proxy = new ProxyConnection(function);
  private final ReplicaStream stream = proxy.openReplica();

  @AfterEach
  void stop() {
    proxy.close();
    function.close();
  }

  @Test
  void a_command_sends_what_it_has_changed_and_nothing_else() {
    stream.init(added("ann")).command("Enter", enter("bob"));
    assertThat(stream.next())
        .isEqualTo(
            reply(
                CrdtReply.newBuilder()
                    .setCommandId(1)
                    .setClientAction(replied(people("ann", "bob")))
                    .setStateAction(
                        update(added("bob")).setWriteConsistency(CrdtWriteConsistency.MAJORITY))));
  }

  @Test
  void a_command_that_changes_nothing_sends_no_change() {
    stream.init(added("ann")).command("Enter", enter("ann"));
    assertThat(stream.next())
        .isEqualTo(
            reply(CrdtReply.newBuilder().setCommandId(1).setClientAction(replied(people("ann")))));
  }

  @Test
  void what_others_have_changed_the_next_command_sees() {
    stream.init().delta(added("ann", "bob")).delta(removed("ann")).command("Enter", enter("cat"));
    assertThat(stream.next().getReply().getClientAction()).isEqualTo(replied(people("bob", "cat")));
  }

  @Test
  void commands_may_come_before_others_are_answered() {
    stream.init().command("Enter", enter("ann")).command("Enter", enter("bob"));
    assertThat(stream.next().getReply().getCommandId()).isEqualTo(1);
    var second = stream.next().getReply();
    assertThat(second.getCommandId()).isEqualTo(2);
    assertThat(second.getClientAction()).isEqualTo(replied(people("ann", "bob")));
    assertThat(second.getStateAction().getUpdate()).isEqualTo(added("bob"));
  }

  @Test
  void a_refused_command_leaves_no_change() {
    stream.init().command("Enter", enter("trouble")).command("Enter", enter("ann"));
    assertThat(stream.next())
        .isEqualTo(failed(1, Status.Code.PERMISSION_DENIED, "no trouble here"));
    assertThat(stream.next().getReply().getClientAction()).isEqualTo(replied(people("ann")));
  }

  @Test
  void an_exception_leaves_no_change_and_the_entity_lives_on() {
    stream.init().command("Enter", enter("")).command("Enter", enter("ann"));
    assertThat(stream.next())
        .isEqualTo(failed(1, Status.Code.INTERNAL, "java.lang.IllegalStateException: nobody"));
    assertThat(stream.next().getReply().getClientAction()).isEqualTo(replied(people("ann")));
  }

  @Test
  void a_stream_stays_open_and_tells_of_every_change() {
    stream.init().streamed("Stay", enter("ann"));
    assertThat(stream.next())
        .isEqualTo(
            reply(
                CrdtReply.newBuilder()
                    .setCommandId(1)
                    .setClientAction(replied(people("ann")))
                    .setStateAction(update(added("ann")))
                    .setStreamed(true)));
    stream.delta(added("bob"));
    assertThat(stream.next()).isEqualTo(streamed(1, people("ann", "bob")));
    stream.command("Enter", enter("cat"));
    assertThat(stream.next().getReply().getCommandId()).isEqualTo(2);
    assertThat(stream.next()).isEqualTo(streamed(1, people("ann", "bob", "cat")));
  }

  @Test
  void a_command_that_changes_nothing_tells_no_stream() {
    stream.init().streamed("Stay", enter("ann"));
    stream.next();
    stream.command("Leave", enter("nobody")).command("Leave", enter("nobody"));
    assertThat(stream.next().getReply().getCommandId()).isEqualTo(2);
    assertThat(stream.next().getReply().getCommandId()).isEqualTo(3);
  }

  @Test
  void a_stream_may_be_refused() {
    stream.init().streamed("Stay", enter(""));
    assertThat(stream.next()).isEqualTo(failed(1, Status.Code.INVALID_ARGUMENT, "who?"));
  }

  @Test
  void the_function_may_end_a_stream() {
    stream.init().streamed("Stay", enter("ann"));
    stream.next();
    stream.delta(removed("ann"));
    assertThat(stream.next())
        .isEqualTo(
            CrdtStreamOut.newBuilder()
                .setStreamedMessage(
                    CrdtStreamedMessage.newBuilder().setCommandId(1).setEndStream(true))
                .build());
    // The client may have gone at the same time.
    stream.cancel(1);
    assertThat(stream.next()).isEqualTo(cancelled(1));
  }

  @Test
  void the_function_may_end_a_stream_with_an_error() {
    stream.init().streamed("Stay", enter("ann"));
    stream.next();
    stream.delta(added("fire"));
    assertThat(stream.next().getStreamedMessage())
        .isEqualTo(
            CrdtStreamedMessage.newBuilder()
                .setCommandId(1)
                .setClientAction(failure(1, Status.Code.ABORTED, "out!"))
                .setEndStream(true)
                .build());
  }

  @Test
  void a_stream_that_changes_the_state_fails_and_the_change_is_taken_back() {
    stream.init().streamed("Stay", enter("ann"));
    stream.next();
    stream.delta(added("bug"));
    var message = stream.next().getStreamedMessage();
    assertThat(message.getEndStream()).isTrue();
    assertThat(message.getClientAction().getFailure().getDescription())
        .contains("onChange must not change the state");
    stream.command("Enter", enter("bob"));
    assertThat(stream.next().getReply().getClientAction())
        .isEqualTo(replied(people("ann", "bug", "bob")));
  }

  @Test
  void a_client_that_goes_may_change_the_state_which_others_are_told() {
    stream.init().streamed("Stay", enter("ann")).streamed("Stay", enter("bob"));
    stream.next();
    assertThat(stream.next().getReply().getCommandId()).isEqualTo(2);
    assertThat(stream.next()).isEqualTo(streamed(1, people("ann", "bob")));
    stream.cancel(2);
    assertThat(stream.next())
        .isEqualTo(
            CrdtStreamOut.newBuilder()
                .setStreamCancelledResponse(
                    CrdtStreamCancelledResponse.newBuilder()
                        .setCommandId(2)
                        .setStateAction(
                            update(removed("bob")).setWriteConsistency(CrdtWriteConsistency.ALL)))
                .build());
    assertThat(stream.next()).isEqualTo(streamed(1, people("ann")));
    stream.cancel(1);
    assertThat(stream.next().getStreamCancelledResponse().getCommandId()).isEqualTo(1);
  }

  @Test
  void streams_that_are_open_when_the_function_shuts_down_end_as_if_their_clients_had_gone() {
    stream.init().streamed("Stay", enter("ann")).streamed("Stay", enter("bob"));
    stream.next();
    stream.next();
    assertThat(stream.next()).isEqualTo(streamed(1, people("ann", "bob")));
    function.close();

    for (String person : new String[] {"ann", "bob"}) {
      var ended = stream.next().getStreamCancelledResponse();
      assertThat(ended.getCommandId()).isEqualTo(person.equals("ann") ? 1 : 2);
      assertThat(ended.getStateAction().getUpdate()).isEqualTo(removed(person));
    }
    assertThat(stream.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void a_deletion_takes_the_place_of_every_other_change() {
    stream.init(added("ann")).command("Close", RoomId.getDefaultInstance());
    assertThat(stream.next())
        .isEqualTo(
            reply(
                CrdtReply.newBuilder()
                    .setCommandId(1)
                    .setClientAction(replied(Empty.getDefaultInstance()))
                    .setStateAction(
                        CrdtStateAction.newBuilder().setDelete(CrdtDelete.getDefaultInstance()))));
    stream.command("Enter", enter("ann"));
    assertThat(stream.next()).isEqualTo(failed(2, Status.Code.NOT_FOUND, "the entity is deleted"));
  }

  @Test
  void what_others_have_deleted_is_deleted_here_and_its_streams_are_over() {
    stream.init().streamed("Stay", enter("ann"));
    stream.next();
    stream.delete().command("Enter", enter("bob")).cancel(1);
    assertThat(stream.next()).isEqualTo(failed(2, Status.Code.NOT_FOUND, "the entity is deleted"));
    assertThat(stream.next()).isEqualTo(cancelled(1));
  }

  @Test
  void a_change_of_another_type_ends_the_stream() {
    stream
        .init()
        .delta(
            CrdtDelta.newBuilder().setGcounter(GCounterDelta.newBuilder().setIncrement(1)).build());
    assertBroken(0, "a change of type GCOUNTER for a ORSet");
  }

  @Test
  void a_first_message_that_is_no_init_ends_the_stream() {
    stream.command("Enter", enter("ann"));
    assertBroken(1, "protocol error: the first message was no init but COMMAND");
  }

  @Test
  void a_second_init_ends_the_stream() {
    stream.init().init();
    assertBroken(0, "protocol error: a second init");
  }

  @Test
  void a_repeated_command_ends_the_stream() {
    stream.init().command("Enter", enter("ann"));
    stream.next();
    stream.command(commandOf(1, "Enter", enter("ann")));
    assertBroken(1, "protocol error: command 1 after command 1");
  }

  @Test
  void a_cancellation_of_nothing_ends_the_stream() {
    stream.init().cancel(7);
    assertBroken(
        0, "protocol error: a cancellation of command 7 of entity \"r1\", which there is not");
  }

  @Test
  void commands_that_do_not_fit_are_refused() {
    stream.init().command("Stay", enter("ann")).streamed("Enter", enter("ann"));
    assertThat(stream.next())
        .isEqualTo(
            failed(1, Status.Code.UNIMPLEMENTED, "holdfast.sdk.test.Rooms has no unary rpc Stay"));
    assertThat(stream.next())
        .isEqualTo(
            failed(
                2, Status.Code.UNIMPLEMENTED, "holdfast.sdk.test.Rooms has no streamed rpc Enter"));
    stream.command("Enter", RoomId.getDefaultInstance());
    assertThat(stream.next().getReply().getClientAction().getFailure().getDescription())
        .startsWith("Enter takes type.googleapis.com/holdfast.sdk.test.EnterRequest but got");
  }

  private void assertBroken(long command, String description) {
    var failure = stream.next().getFailure();
    assertThat(failure.getCommandId()).isEqualTo(command);
    assertThat(failure.getDescription()).contains(description);
    assertThat(failure.getRestart()).isTrue();
    assertThat(stream.end()).isEqualTo(Status.OK);
  }

  private static EnterRequest enter(String person) {
    return EnterRequest.newBuilder().setRoom("r1").setPerson(person).build();
  }

  private static People people(String... persons) {
    return People.newBuilder().addAllPersons(List.of(persons)).build();
  }

  private static CrdtStateAction.Builder update(CrdtDelta delta) {
    return CrdtStateAction.newBuilder().setUpdate(delta);
  }

  private static ClientAction replied(Message message) {
    return ClientAction.newBuilder()
        .setReply(Reply.newBuilder().setPayload(Any.pack(message)))
        .build();
  }

  private static CrdtStreamOut reply(CrdtReply.Builder reply) {
    return CrdtStreamOut.newBuilder().setReply(reply).build();
  }

  private static CrdtStreamOut streamed(long command, Message message) {
    return CrdtStreamOut.newBuilder()
        .setStreamedMessage(
            CrdtStreamedMessage.newBuilder()
                .setCommandId(command)
                .setClientAction(replied(message)))
        .build();
  }

  private static CrdtStreamOut cancelled(long command) {
    return CrdtStreamOut.newBuilder()
        .setStreamCancelledResponse(CrdtStreamCancelledResponse.newBuilder().setCommandId(command))
        .build();
  }

  private static CrdtStreamOut failed(long command, Status.Code code, String description) {
    return reply(
        CrdtReply.newBuilder()
            .setCommandId(command)
            .setClientAction(failure(command, code, description)));
  }

  private static ClientAction failure(long command, Status.Code code, String description) {
    return ClientAction.newBuilder()
        .setFailure(
            Failure.newBuilder()
                .setCommandId(command)
                .setGrpcStatusCode(code.value())
                .setDescription(description))
        .build();
  }
}
