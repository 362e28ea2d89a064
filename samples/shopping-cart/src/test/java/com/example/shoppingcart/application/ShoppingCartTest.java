// SPDX-License-Identifier: Apache-2.0
package com.example.shoppingcart.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.shoppingcart.api.AddItemRequest;
import com.example.shoppingcart.api.CartView;
import com.example.shoppingcart.api.CheckOutRequest;
import com.example.shoppingcart.api.GetCartRequest;
import com.example.shoppingcart.api.LineItem;
import com.example.shoppingcart.api.ShoppingCartGrpc;
import com.example.shoppingcart.api.ShoppingCartGrpc.ShoppingCartBlockingStub;
import io.grpc.StatusRuntimeException;
import io.holdfast.testkit.junit.HoldfastExtension;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The cart as its clients see it, behind a real proxy. Each test has a cart of its own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ShoppingCartTest {

  @RegisterExtension
  static final HoldfastExtension holdfast = HoldfastExtension.serving(Main.cart());

  private final ShoppingCartBlockingStub carts =
      ShoppingCartGrpc.newBlockingStub(holdfast.channel()).withWaitForReady();

  private void addTea(String user, int quantity) {
    var unused =
        carts.addItem(
            AddItemRequest.newBuilder()
                .setUserId(user)
                .setProductId("tea")
                .setName("Green tea")
                .setQuantity(quantity)
                .build());
  }

  private CartView cartOf(String user) {
    return carts.getCart(GetCartRequest.newBuilder().setUserId(user).build());
  }

  private static CartView tea(int quantity) {
    return CartView.newBuilder()
        .addItems(
            LineItem.newBuilder().setProductId("tea").setName("Green tea").setQuantity(quantity))
        .build();
  }

  @Test
  void items_add_up() {
    addTea("alice", 2);
    addTea("alice", 3);
    assertThat(cartOf("alice")).isEqualTo(tea(5));
  }

  @Test
  void a_cart_survives_a_restart_of_the_proxy() {
    addTea("bob", 2);
    holdfast.restartProxy();
    assertThat(cartOf("bob")).isEqualTo(tea(2));
  }

  @Test
  void a_cart_survives_a_restart_of_the_function() {
    addTea("carol", 2);
    holdfast.restartFunction();
    assertThat(cartOf("carol")).isEqualTo(tea(2));
  }

  @Test
  void a_checked_out_cart_refuses_more() {
    addTea("dave", 1);
    var unused = carts.checkOut(CheckOutRequest.newBuilder().setUserId("dave").build());
    assertThatThrownBy(() -> addTea("dave", 1))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("FAILED_PRECONDITION");
  }

  @Test
  void a_cart_is_served_as_json() throws Exception {
    var added =
        send(
            request("/carts/erin/items")
                .POST(
                    BodyPublishers.ofString(
                        "{\"productId\":\"tea\",\"name\":\"Green tea\",\"quantity\":2}")));
    assertThat(added.statusCode()).isEqualTo(200);
    assertThat(send(request("/carts/erin").GET()).body())
        .isEqualTo(
            "{\"items\":[{\"productId\":\"tea\",\"name\":\"Green tea\",\"quantity\":2}],"
                + "\"checkedOut\":false}");
  }

  @Test
  void a_misspelt_field_is_refused() throws Exception {
    var refused =
        send(
            request("/carts/frank/items")
                .POST(BodyPublishers.ofString("{\"product\":\"tea\",\"quantity\":2}")));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("product");
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(holdfast.http().resolve(path))
        .header("content-type", "application/json");
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }
}
