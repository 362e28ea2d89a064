// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import static io.holdfast.sdk.server.ProxyStream.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import io.grpc.Status;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Forward;
import io.holdfast.protocol.MetadataEntry;
import io.holdfast.protocol.Reply;
import io.holdfast.protocol.SideEffect;
import io.holdfast.protocol.eventsourced.EventSourcedReply;
import io.holdfast.protocol.valueentity.ValueEntityAction;
import io.holdfast.protocol.valueentity.ValueEntityDelete;
import io.holdfast.protocol.valueentity.ValueEntityReply;
import io.holdfast.protocol.valueentity.ValueEntityUpdate;
import io.holdfast.sdk.CommandHandler;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.EventSourced;
import io.holdfast.sdk.Function;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.Mode;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.Value;
import io.holdfast.sdk.cart.Cart;
import io.holdfast.sdk.cart.CartEntity;
import io.holdfast.sdk.cart.CartEvent.Emptied;
import io.holdfast.sdk.profile.Profile;
import io.holdfast.sdk.profile.ProfileEntity;
import io.holdfast.sdk.testproto.AddItemRequest;
import io.holdfast.sdk.testproto.BadCartGrpc;
import io.holdfast.sdk.testproto.GetCartRequest;
import io.holdfast.sdk.testproto.OtherCartGrpc;
import io.holdfast.sdk.testproto.ProfileId;
import io.holdfast.sdk.testproto.ProfilesGrpc;
import io.holdfast.sdk.testproto.RenameRequest;
import io.holdfast.sdk.testproto.TestCartGrpc;
import java.util.function.BiFunction;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What goes out for what a handler returns. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ForwardsAndSideEffectsTest {

  private static final AddItemRequest TEA =
      AddItemRequest.newBuilder().setCartId("c2").setProductId("tea").setQuantity(2).build();
  private static final ProfileId ANN = ProfileId.newBuilder().setProfileId("ann").build();
  private static final Empty EMPTY = Empty.getDefaultInstance();
  private static final Metadata HEADERS =
      Metadata.empty().with("x-step", "2").with("trace-bin", ByteString.copyFromUtf8("t"));
  private static final io.holdfast.protocol.Metadata HEADERS_ON_THE_WIRE =
      io.holdfast.protocol.Metadata.newBuilder()
          .addEntries(MetadataEntry.newBuilder().setKey("x-step").setStringValue("2"))
          .addEntries(
              MetadataEntry.newBuilder()
                  .setKey("trace-bin")
                  .setBytesValue(ByteString.copyFromUtf8("t")))
          .build();

  @Test
  void a_forward_names_service_rpc_and_message() {
    assertThat(answer((cart, state, item) -> cart.forward(OtherCartGrpc.getAddItemMethod(), TEA)))
        .isEqualTo(answered(forwarded(toOtherCart())).build());
  }

  @Test
  void a_forward_carries_headers() {
    assertThat(
            answer(
                (cart, state, item) ->
                    cart.forward(OtherCartGrpc.getAddItemMethod(), TEA).withMetadata(HEADERS)))
        .isEqualTo(answered(forwarded(toOtherCart().setMetadata(HEADERS_ON_THE_WIRE))).build());
  }

  @Test
  void a_forward_may_follow_events() {
    assertThat(
            answer(
                (cart, state, item) ->
                    cart.persist(new Emptied()).thenForward(OtherCartGrpc.getAddItemMethod(), TEA)))
        .isEqualTo(answered(forwarded(toOtherCart())).addEvents(json("emptied", "{}")).build());
  }

  @Test
  void side_effects_keep_their_order_and_say_whether_the_reply_waits() {
    assertThat(
            answer(
                (cart, state, item) ->
                    cart.persist(new Emptied())
                        .thenReply(EMPTY)
                        .andAlso(OtherCartGrpc.getAddItemMethod(), TEA)
                        .andAwait(ProfilesGrpc.getForgetMethod(), ANN)
                        .andAlso(OtherCartGrpc.getAddItemMethod(), TEA)))
        .isEqualTo(
            answered(replied())
                .addEvents(json("emptied", "{}"))
                .addSideEffects(addItem())
                .addSideEffects(forget().setSynchronous(true))
                .addSideEffects(addItem())
                .build());
  }

  @Test
  void side_effects_carry_headers_of_their_own() {
    assertThat(
            answer(
                (cart, state, item) ->
                    cart.reply(EMPTY)
                        .andAlso(OtherCartGrpc.getAddItemMethod(), TEA, HEADERS)
                        .andAwait(ProfilesGrpc.getForgetMethod(), ANN, HEADERS)))
        .isEqualTo(
            answered(replied())
                .addSideEffects(addItem().setMetadata(HEADERS_ON_THE_WIRE))
                .addSideEffects(forget().setSynchronous(true).setMetadata(HEADERS_ON_THE_WIRE))
                .build());
  }

  @Test
  void an_effect_stays_read_only_with_side_effects_and_headers() {
    assertThat(
            answer(
                (cart, state, item) -> {
                  ReadOnlyEffect<Empty> effect =
                      cart.nothing()
                          .andAlso(OtherCartGrpc.getAddItemMethod(), TEA)
                          .andAwait(ProfilesGrpc.getForgetMethod(), ANN);
                  return effect;
                }))
        .isEqualTo(
            EventSourcedReply.newBuilder()
                .setCommandId(1)
                .addSideEffects(addItem())
                .addSideEffects(forget().setSynchronous(true))
                .build());
  }

  @Test
  void a_forward_carries_side_effects_too() {
    assertThat(
            answer(
                (cart, state, item) ->
                    cart.forward(OtherCartGrpc.getAddItemMethod(), TEA)
                        .andAlso(ProfilesGrpc.getForgetMethod(), ANN)))
        .isEqualTo(answered(forwarded(toOtherCart())).addSideEffects(forget()).build());
  }

  @Test
  void a_reply_carries_headers() {
    var expected = answered(repliedWithHeaders());
    assertThat(answer((cart, state, item) -> cart.reply(EMPTY).withMetadata(HEADERS)))
        .isEqualTo(expected.build());
    assertThat(
            answer(
                (cart, state, item) ->
                    cart.persist(new Emptied())
                        .thenReplyFrom(now -> EMPTY)
                        .withMetadata(Metadata.empty().with("x-step", "1"))
                        .withMetadata(HEADERS)))
        .isEqualTo(expected.addEvents(json("emptied", "{}")).build());
  }

  @Test
  void headers_without_a_reply_go_with_an_empty_one() {
    assertThat(answer((cart, state, item) -> cart.nothing().withMetadata(HEADERS)))
        .isEqualTo(answered(repliedWithHeaders()).build());
  }

  @Test
  void a_refusal_with_a_side_effect_fails_the_command() {
    failsWith(
        "a refusal carries no side effects: a command that is refused does nothing",
        (cart, state, item) ->
            cart.<Empty>refuse(Status.Code.ABORTED, "no")
                .andAlso(OtherCartGrpc.getAddItemMethod(), TEA));
  }

  @Test
  void a_refusal_with_headers_fails_the_command() {
    failsWith(
        "a refusal carries no headers: only replies do",
        (cart, state, item) -> cart.<Empty>refuse(Status.Code.ABORTED, "no").withMetadata(HEADERS));
  }

  @Test
  void a_call_of_an_rpc_that_streams_fails_the_command() {
    failsWith(
        "rpc holdfast.sdk.test.BadCart/Watch streams: only unary rpcs can be called",
        (cart, state, item) ->
            cart.nothing()
                .andAlso(BadCartGrpc.getWatchMethod(), GetCartRequest.getDefaultInstance()));
  }

  @Test
  void a_value_is_updated_before_its_command_is_forwarded() {
    var stored = json("test-profile.v2", "{\"name\":\"bob\",\"renamed\":1}");
    assertThat(
            valueAnswer(
                (profile, state) ->
                    profile
                        .update(new Profile("bob", 1))
                        .thenForward(OtherCartGrpc.getAddItemMethod(), TEA)
                        .andAwait(ProfilesGrpc.getForgetMethod(), ANN)))
        .isEqualTo(
            ValueEntityReply.newBuilder()
                .setCommandId(1)
                .setClientAction(forwarded(toOtherCart()))
                .setStateAction(
                    ValueEntityAction.newBuilder()
                        .setUpdate(ValueEntityUpdate.newBuilder().setValue(stored)))
                .addSideEffects(forget().setSynchronous(true))
                .build());
  }

  @Test
  void a_deletion_carries_side_effects_and_headers() {
    assertThat(
            valueAnswer(
                (profile, state) ->
                    profile
                        .delete()
                        .thenReply(EMPTY)
                        .withMetadata(HEADERS)
                        .andAlso(OtherCartGrpc.getAddItemMethod(), TEA)))
        .isEqualTo(
            ValueEntityReply.newBuilder()
                .setCommandId(1)
                .setClientAction(repliedWithHeaders())
                .setStateAction(
                    ValueEntityAction.newBuilder()
                        .setDelete(ValueEntityDelete.getDefaultInstance()))
                .addSideEffects(addItem())
                .build());
  }

  private static EventSourcedReply answer(
      CommandHandler<CartEntity, Cart, AddItemRequest, Empty> addItem) {
    var cart =
        EventSourced.entity("cart", TestCartGrpc.getServiceDescriptor(), CartEntity::new)
            .on(TestCartGrpc.getAddItemMethod(), addItem)
            .on(TestCartGrpc.getAddAndShowMethod(), CartEntity::addAndShow)
            .on(TestCartGrpc.getGetCartMethod(), CartEntity::getCart);
    try (var function = Function.of(cart).port(0).mode(Mode.DEVELOPMENT).start();
        var proxy = new ProxyConnection(function)) {
      return proxy.open().init().command("AddItem", TEA).next().getReply();
    }
  }

  private static ValueEntityReply valueAnswer(
      BiFunction<ProfileEntity, Profile, Effect<Empty>> rename) {
    var profile =
        Value.entity("profile", ProfilesGrpc.getServiceDescriptor(), ProfileEntity::new)
            .on(
                ProfilesGrpc.getRenameMethod(),
                (entity, state, request) -> rename.apply(entity, state))
            .on(ProfilesGrpc.getRenameAndShowMethod(), ProfileEntity::renameAndShow)
            .on(ProfilesGrpc.getShowMethod(), ProfileEntity::show)
            .on(ProfilesGrpc.getForgetMethod(), ProfileEntity::forget);
    try (var function = Function.of(profile).port(0).mode(Mode.DEVELOPMENT).start();
        var proxy = new ProxyConnection(function)) {
      var rpc = RenameRequest.getDefaultInstance();
      return proxy.openValue().init().command("Rename", rpc).next().getReply();
    }
  }

  private static void failsWith(
      String words, CommandHandler<CartEntity, Cart, AddItemRequest, Empty> addItem) {
    var reply = answer(addItem);
    assertThat(reply.getSideEffectsList()).isEmpty();
    var failure = reply.getClientAction().getFailure();
    assertThat(failure.getDescription()).endsWith(words);
    assertThat(failure.getGrpcStatusCode()).isEqualTo(Status.Code.INTERNAL.value());
  }

  private static EventSourcedReply.Builder answered(ClientAction action) {
    return EventSourcedReply.newBuilder().setCommandId(1).setClientAction(action);
  }

  private static ClientAction replied() {
    return ClientAction.newBuilder()
        .setReply(Reply.newBuilder().setPayload(Any.pack(EMPTY)))
        .build();
  }

  private static ClientAction repliedWithHeaders() {
    return ClientAction.newBuilder()
        .setReply(Reply.newBuilder().setPayload(Any.pack(EMPTY)).setMetadata(HEADERS_ON_THE_WIRE))
        .build();
  }

  private static ClientAction forwarded(Forward.Builder forward) {
    return ClientAction.newBuilder().setForward(forward).build();
  }

  private static Forward.Builder toOtherCart() {
    return Forward.newBuilder()
        .setServiceName("holdfast.sdk.test.OtherCart")
        .setCommandName("AddItem")
        .setPayload(Any.pack(TEA));
  }

  private static SideEffect.Builder addItem() {
    return sideEffect("holdfast.sdk.test.OtherCart", "AddItem", TEA);
  }

  private static SideEffect.Builder forget() {
    return sideEffect("holdfast.sdk.test.Profiles", "Forget", ANN);
  }

  private static SideEffect.Builder sideEffect(String service, String rpc, Message message) {
    return SideEffect.newBuilder()
        .setServiceName(service)
        .setCommandName(rpc)
        .setPayload(Any.pack(message));
  }
}
