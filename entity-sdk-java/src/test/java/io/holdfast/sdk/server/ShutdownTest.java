// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import io.grpc.Status;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.EventSourced;
import io.holdfast.sdk.Function;
import io.holdfast.sdk.cart.Cart;
import io.holdfast.sdk.cart.CartEntity;
import io.holdfast.sdk.profile.ProfileEntity;
import io.holdfast.sdk.testproto.AddItemRequest;
import io.holdfast.sdk.testproto.GetCartRequest;
import io.holdfast.sdk.testproto.ProfileId;
import io.holdfast.sdk.testproto.TestCartGrpc;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ShutdownTest {

  @Test
  void idle_streams_end_at_once() {
    var function = Function.of(CartEntity.described()).port(0).start();
    try (var proxy = new ProxyConnection(function)) {
      var stream = proxy.open().init();
      stream.command("GetCart", GetCartRequest.getDefaultInstance()).next();
      function.close();
      assertThat(stream.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }
  }

  @Test
  void streams_of_value_entities_end_too() {
    var function = Function.of(ProfileEntity.described()).port(0).start();
    try (var proxy = new ProxyConnection(function)) {
      var stream = proxy.openValue().init();
      stream.command("Show", ProfileId.getDefaultInstance()).next();
      function.close();
      assertThat(stream.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }
  }

  @Test
  void a_command_in_flight_is_answered_first() throws Exception {
    var entered = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    var slow =
        EventSourced.entity("cart", TestCartGrpc.getServiceDescriptor(), CartEntity::new)
            .on(
                TestCartGrpc.getAddItemMethod(),
                (CartEntity entity, Cart cart, AddItemRequest item) -> {
                  entered.countDown();
                  leave.await();
                  Effect<Empty> nothing = entity.nothing();
                  return nothing;
                })
            .on(TestCartGrpc.getAddAndShowMethod(), CartEntity::addAndShow)
            .on(TestCartGrpc.getGetCartMethod(), CartEntity::getCart);
    var function = Function.of(slow).port(0).start();
    try (var proxy = new ProxyConnection(function)) {
      var stream = proxy.open().init().command("AddItem", AddItemRequest.getDefaultInstance());
      entered.await();
      var closed = CompletableFuture.runAsync(function::close);
      leave.countDown();
      assertThat(stream.next().getReply().getCommandId()).isEqualTo(1);
      assertThat(stream.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      closed.join();
    }
  }

  @Test
  void closing_twice_is_the_same_as_once() {
    var function = Function.of(CartEntity.described()).port(0).start();
    function.close();
    function.close();
  }
}
