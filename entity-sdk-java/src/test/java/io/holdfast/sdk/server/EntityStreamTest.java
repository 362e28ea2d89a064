// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import static io.holdfast.sdk.server.ProxyStream.commandOf;
import static io.holdfast.sdk.server.ProxyStream.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import io.grpc.Status;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Metadata;
import io.holdfast.protocol.MetadataEntry;
import io.holdfast.protocol.Reply;
import io.holdfast.protocol.eventsourced.EventSourcedReply;
import io.holdfast.sdk.Function;
import io.holdfast.sdk.RunningFunction;
import io.holdfast.sdk.cart.CartEntity;
import io.holdfast.sdk.testproto.AddItemRequest;
import io.holdfast.sdk.testproto.CartView;
import io.holdfast.sdk.testproto.GetCartRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EntityStreamTest {

  private RunningFunction function;
  private ProxyConnection proxy;

  @BeforeAll
  void start() {
    function =
        Function.of(
                CartEntity.described()
                    .snapshotEvery(5)
                    .upgrade("item-added", "item-added.v2", old -> old.put("quantity", 1)))
            .port(0)
            .start();
    proxy = new ProxyConnection(function);
  }

  @AfterAll
  void stop() {
    proxy.close();
    function.close();
  }

  @Test
  void an_event_and_a_fixed_reply() {
    var stream = proxy.open().init().command("AddItem", item("tea", 2));
    assertThat(stream.next().getReply())
        .isEqualTo(
            EventSourcedReply.newBuilder()
                .setCommandId(1)
                .setClientAction(replied(Empty.getDefaultInstance()))
                .addEvents(json("item-added.v2", "{\"productId\":\"tea\",\"quantity\":2}"))
                .build());
  }

  @Test
  void several_events_and_a_reply_from_the_new_state() {
    var stream = proxy.open().init().command("AddAndShow", item("tea", 2));
    var event = json("item-added.v2", "{\"productId\":\"tea\",\"quantity\":2}");
    assertThat(stream.next().getReply())
        .isEqualTo(
            EventSourcedReply.newBuilder()
                .setCommandId(1)
                .setClientAction(replied(view("tea", 4)))
                .addEvents(event)
                .addEvents(event)
                .build());
  }

  @Test
  void no_events_are_a_plain_reply() {
    var stream = proxy.open().init().command("AddAndShow", item("tea", 0));
    assertThat(stream.next().getReply())
        .isEqualTo(
            EventSourcedReply.newBuilder()
                .setCommandId(1)
                .setClientAction(replied(CartView.getDefaultInstance()))
                .build());
  }

  @Test
  void the_state_goes_from_command_to_command() {
    var stream = proxy.open().init();
    stream.command("AddItem", item("tea", 2)).next();
    stream.command("AddItem", item("tea", 3)).next();
    stream.command("GetCart", GetCartRequest.getDefaultInstance());
    assertThat(stream.next().getReply().getClientAction()).isEqualTo(replied(view("tea", 5)));
  }

  @Test
  void nothing_is_an_answer_without_a_client_action() {
    var stream = proxy.open().init().command("AddItem", item("nothing", 1));
    assertThat(stream.next().getReply())
        .isEqualTo(EventSourcedReply.newBuilder().setCommandId(1).build());
  }

  @Test
  void events_and_nothing_else() {
    var stream = proxy.open().init().command("AddItem", item("quiet", 1));
    assertThat(stream.next().getReply())
        .isEqualTo(
            EventSourcedReply.newBuilder()
                .setCommandId(1)
                .addEvents(json("emptied", "{}"))
                .build());
  }

  @Test
  void a_refusal_has_the_handlers_code_and_leaves_the_entity_alive() {
    var stream = proxy.open().init();
    stream.command("AddItem", item("tea", 1)).next();
    var reply = stream.command("AddItem", item("forbidden", 1)).next().getReply();
    assertThat(reply.getEventsList()).isEmpty();
    var failure = reply.getClientAction().getFailure();
    assertThat(failure.getCommandId()).isEqualTo(2);
    assertThat(failure.getDescription()).isEqualTo("this is forbidden");
    assertThat(failure.getGrpcStatusCode()).isEqualTo(Status.Code.FAILED_PRECONDITION.value());
    assertThat(failure.getRestart()).isFalse();

    stream.command("GetCart", GetCartRequest.getDefaultInstance());
    assertThat(stream.next().getReply().getClientAction()).isEqualTo(replied(view("tea", 1)));
  }

  @Test
  void recovery_takes_the_snapshot_and_the_events_after_it() {
    var stream =
        proxy
            .open()
            .init(7, json("test-cart", "{\"quantities\":{\"tea\":2}}"))
            .event(8, json("item-added.v2", "{\"productId\":\"tea\",\"quantity\":3}"))
            .event(9, json("item-added.v2", "{\"productId\":\"tea\",\"quantity\":1}"))
            .command("GetCart", GetCartRequest.getDefaultInstance());
    assertThat(stream.next().getReply().getClientAction()).isEqualTo(replied(view("tea", 6)));
  }

  @Test
  void events_of_an_old_shape_are_upgraded() {
    var stream =
        proxy
            .open()
            .init()
            .event(1, json("item-added", "{\"productId\":\"tea\"}"))
            .command("GetCart", GetCartRequest.getDefaultInstance());
    assertThat(stream.next().getReply().getClientAction()).isEqualTo(replied(view("tea", 1)));
  }

  @Test
  void the_snapshot_comes_with_the_reply_that_passes_the_fifth_event() {
    var stream = proxy.open().init();
    stream.command("AddAndShow", item("tea", 1));
    assertThat(stream.next().getReply().hasSnapshot()).isFalse();
    stream.command("AddAndShow", item("tea", 1));
    assertThat(stream.next().getReply().hasSnapshot()).isFalse();
    stream.command("AddAndShow", item("tea", 1));
    assertThat(stream.next().getReply().getSnapshot())
        .isEqualTo(json("test-cart", "{\"quantities\":{\"tea\":6}}"));
    stream.command("GetCart", GetCartRequest.getDefaultInstance());
    assertThat(stream.next().getReply().hasSnapshot()).isFalse();
  }

  @Test
  void the_context_tells_entity_command_sequence_and_metadata() throws Exception {
    var stream = proxy.open().init();
    stream.command("AddItem", item("tea", 1)).next();
    var header = MetadataEntry.newBuilder().setKey("x-show-context").setStringValue("please");
    stream.command(
        commandOf(2, "GetCart", GetCartRequest.getDefaultInstance())
            .setMetadata(Metadata.newBuilder().addEntries(header)));
    var payload = stream.next().getReply().getClientAction().getReply().getPayload();
    assertThat(payload.unpack(CartView.class).getQuantitiesMap())
        .containsOnly(entry("tea", 1), entry("GetCart c1 please", 1));
  }

  @Test
  void an_unknown_command_is_unimplemented() {
    var stream = proxy.open().init().command("Sing", item("tea", 1));
    var failure = stream.next().getReply().getClientAction().getFailure();
    assertThat(failure.getGrpcStatusCode()).isEqualTo(Status.Code.UNIMPLEMENTED.value());
    assertThat(failure.getRestart()).isFalse();
  }

  @Test
  void a_malformed_message_is_an_invalid_argument() {
    var garbage =
        Any.pack(item("tea", 1)).toBuilder().setValue(ByteString.copyFromUtf8("not protobuf"));
    var stream =
        proxy.open().init().command(commandOf(1, "AddItem", item("tea", 1)).setPayload(garbage));
    var failure = stream.next().getReply().getClientAction().getFailure();
    assertThat(failure.getGrpcStatusCode()).isEqualTo(Status.Code.INVALID_ARGUMENT.value());
    assertThat(failure.getDescription()).contains("AddItem");
    assertThat(failure.getRestart()).isFalse();
  }

  @Test
  void a_message_of_another_type_is_an_internal_error() {
    var stream = proxy.open().init().command("AddItem", GetCartRequest.getDefaultInstance());
    var failure = stream.next().getReply().getClientAction().getFailure();
    assertThat(failure.getGrpcStatusCode()).isEqualTo(Status.Code.INTERNAL.value());
    assertThat(failure.getDescription()).contains("AddItemRequest").contains("GetCartRequest");
  }

  @Test
  void an_event_of_16_MiB_passes() {
    var big = "x".repeat(16 << 20);
    var stream = proxy.open().init();
    stream.command("AddItem", item(big, 1));
    var event = stream.next().getReply().getEvents(0);
    assertThat(event.getValue().size()).isGreaterThan(16 << 20);
    var again = proxy.open().init().event(1, event);
    again.command("GetCart", GetCartRequest.getDefaultInstance());
    assertThat(again.next().getReply().getClientAction()).isEqualTo(replied(view(big, 1)));
  }

  @Test
  void a_hundred_thousand_events_are_replayed() {
    var stream = proxy.open().init();
    var event = json("item-added.v2", "{\"productId\":\"tea\",\"quantity\":1}");
    for (int sequence = 1; sequence <= 100_000; sequence++) {
      stream.event(sequence, event);
    }
    stream.command("GetCart", GetCartRequest.getDefaultInstance());
    assertThat(stream.next().getReply().getClientAction()).isEqualTo(replied(view("tea", 100_000)));
  }

  @Test
  void passivation_ends_the_stream_cleanly() {
    var stream = proxy.open().init();
    stream.command("AddItem", item("tea", 1)).next();
    stream.halfClose();
    assertThat(stream.end().getCode()).isEqualTo(Status.Code.OK);
  }

  private static AddItemRequest item(String product, int quantity) {
    return AddItemRequest.newBuilder().setProductId(product).setQuantity(quantity).build();
  }

  private static CartView view(String product, int quantity) {
    return CartView.newBuilder().putQuantities(product, quantity).build();
  }

  private static ClientAction replied(Message message) {
    return ClientAction.newBuilder()
        .setReply(Reply.newBuilder().setPayload(Any.pack(message)))
        .build();
  }
}
