// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.holdfast.bench.v1.Increase;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Command;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.Reply;
import io.holdfast.protocol.eventsourced.EventSourcedReply;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FrameTest {

  private static final Any EVENT =
      Any.newBuilder().setTypeUrl("x/y").setValue(ByteString.copyFromUtf8("event")).build();

  @ParameterizedTest
  @ValueSource(longs = {1, 127, 128, 1_000_000, Long.MAX_VALUE})
  void a_command_is_what_protobuf_would_have_written(long id) throws IOException {
    var payload = Increase.newBuilder().setCounterId("c-1").setBy(7).build();
    byte[] frame = new CommandFrame("c-1").command(id, payload.toByteArray());
    assertThat(EventSourcedStreamIn.parseFrom(frame))
        .isEqualTo(
            EventSourcedStreamIn.newBuilder()
                .setCommand(
                    Command.newBuilder()
                        .setEntityId("c-1")
                        .setId(id)
                        .setName("Increase")
                        .setPayload(Any.pack(payload)))
                .build());
  }

  @Test
  void the_payload_is_taken_out_of_a_reply_with_events() throws IOException {
    var reply =
        EventSourcedReply.newBuilder()
            .setCommandId(300)
            .setClientAction(reply("type", "payload"))
            .addEvents(EVENT)
            .addEvents(EVENT)
            .setSnapshot(EVENT);
    ReplyFrame frame = parse(EventSourcedStreamOut.newBuilder().setReply(reply));
    assertThat(frame.commandId()).isEqualTo(300);
    assertThat(frame.payload()).asString().isEqualTo("payload");
  }

  @Test
  void a_payload_without_bytes_is_still_a_payload() throws IOException {
    var reply = EventSourcedReply.newBuilder().setCommandId(1).setClientAction(reply("type", ""));
    assertThat(parse(EventSourcedStreamOut.newBuilder().setReply(reply)).payload()).isEmpty();
  }

  @Test
  void a_refusal_has_no_payload() throws IOException {
    var refused = ClientAction.newBuilder().setFailure(Failure.newBuilder().setDescription("no"));
    var reply = EventSourcedReply.newBuilder().setCommandId(1).setClientAction(refused);
    assertThat(parse(EventSourcedStreamOut.newBuilder().setReply(reply)).payload()).isNull();
  }

  @Test
  void a_failure_answers_no_command() throws IOException {
    var failure = Failure.newBuilder().setCommandId(1).setDescription("broken");
    ReplyFrame frame = parse(EventSourcedStreamOut.newBuilder().setFailure(failure));
    assertThat(frame.commandId()).isZero();
    assertThat(frame.payload()).isNull();
  }

  @Test
  void broken_bytes_are_refused() {
    assertThatThrownBy(() -> ReplyFrame.parse(new byte[] {10, 100, 1}))
        .isInstanceOf(IOException.class);
  }

  private static ClientAction reply(String type, String bytes) {
    var payload = Any.newBuilder().setTypeUrl(type).setValue(ByteString.copyFromUtf8(bytes));
    return ClientAction.newBuilder().setReply(Reply.newBuilder().setPayload(payload)).build();
  }

  private static ReplyFrame parse(EventSourcedStreamOut.Builder message) throws IOException {
    return ReplyFrame.parse(message.build().toByteArray());
  }
}
