// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import io.holdfast.sdk.CommandHandler;
import io.holdfast.sdk.EventSourced;
import io.holdfast.sdk.Function;
import io.holdfast.sdk.cart.Cart;
import io.holdfast.sdk.cart.CartEntity;
import io.holdfast.sdk.cart.CartEvent;
import io.holdfast.sdk.testproto.AddItemRequest;
import io.holdfast.sdk.testproto.GetCartRequest;
import io.holdfast.sdk.testproto.TestCartGrpc;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HandlerThreadsTest {

  private static final AddItemRequest ITEM =
      AddItemRequest.newBuilder().setProductId("tea").setQuantity(1).build();

  @Test
  void handlers_that_wait_do_not_hold_up_other_entities() throws Exception {
    int waiting = 30;
    var entered = new CountDownLatch(waiting);
    var leave = new CountDownLatch(1);
    var cart =
        cart(
            (entity, state, item) -> {
              entered.countDown();
              leave.await();
              return entity.nothing();
            });
    try (var function = Function.of(cart).port(0).start();
        var proxy = new ProxyConnection(function)) {
      var streams = new ProxyStream[waiting];
      for (int i = 0; i < waiting; i++) {
        streams[i] = proxy.open().init().command("AddItem", ITEM);
      }
      entered.await();
      var other = proxy.open().init().command("GetCart", GetCartRequest.getDefaultInstance());
      assertThat(other.next().getReply().getCommandId()).isEqualTo(1);
      leave.countDown();
      for (ProxyStream stream : streams) {
        assertThat(stream.next().getReply().getCommandId()).isEqualTo(1);
      }
    }
  }

  @Test
  void handlers_that_never_block_run_on_the_networks_thread() {
    var thread = new AtomicReference<String>();
    var cart =
        cart(
            (entity, state, item) -> {
              thread.set(Thread.currentThread().getName());
              return entity.nothing();
            });
    try (var function = Function.of(cart.handlersNeverBlock()).port(0).start();
        var proxy = new ProxyConnection(function)) {
      var stream = proxy.open().init().command("AddItem", ITEM);
      assertThat(stream.next().getReply().getCommandId()).isEqualTo(1);
      assertThat(thread.get()).startsWith("grpc-");
      stream.halfClose();
      assertThat(stream.end().isOk()).isTrue();
    }
  }

  private static EventSourced<CartEntity, Cart, CartEvent> cart(
      CommandHandler<CartEntity, Cart, AddItemRequest, Empty> addItem) {
    return EventSourced.entity("cart", TestCartGrpc.getServiceDescriptor(), CartEntity::new)
        .on(TestCartGrpc.getAddItemMethod(), addItem)
        .on(TestCartGrpc.getAddAndShowMethod(), CartEntity::addAndShow)
        .on(TestCartGrpc.getGetCartMethod(), CartEntity::getCart);
  }
}
