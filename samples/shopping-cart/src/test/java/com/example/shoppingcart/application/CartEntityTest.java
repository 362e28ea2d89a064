// SPDX-License-Identifier: Apache-2.0
package com.example.shoppingcart.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.shoppingcart.api.AddItemRequest;
import com.example.shoppingcart.api.CartView;
import com.example.shoppingcart.api.ChangeQuantityRequest;
import com.example.shoppingcart.api.CheckOutRequest;
import com.example.shoppingcart.api.GetCartRequest;
import com.example.shoppingcart.api.LineItem;
import com.example.shoppingcart.api.RemoveItemRequest;
import com.example.shoppingcart.domain.Cart;
import com.example.shoppingcart.domain.Cart.Item;
import com.example.shoppingcart.domain.CartEvent;
import com.example.shoppingcart.domain.CartEvent.CheckedOut;
import com.example.shoppingcart.domain.CartEvent.ItemAdded;
import com.example.shoppingcart.domain.CartEvent.ItemRemoved;
import com.example.shoppingcart.domain.CartEvent.QuantityChanged;
import io.grpc.Status.Code;
import io.holdfast.testkit.EntityTest;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CartEntityTest {

  private static final CheckOutRequest CHECK_OUT = CheckOutRequest.getDefaultInstance();

  private final EntityTest<CartEntity, Cart, CartEvent> empty = EntityTest.of(Main.cart());
  private final EntityTest<CartEntity, Cart, CartEvent> withTea =
      empty.given(new ItemAdded("tea", "Green tea", 2));

  @Nested
  class An_empty_cart {
    @Test
    void takes_an_item() {
      var result = empty.when(CartEntity::addItem, add("tea", 2));
      assertThat(result.events()).containsExactly(new ItemAdded("tea", "Green tea", 2));
      assertThat(result.state().items()).containsExactly(new Item("tea", "Green tea", 2));
    }

    @Test
    void cannot_be_checked_out() {
      var result = empty.when(CartEntity::checkOut, CHECK_OUT);
      assertThat(result.refusal().code()).isEqualTo(Code.FAILED_PRECONDITION);
    }

    @Test
    void refuses_an_item_without_an_id_or_a_positive_quantity() {
      assertThat(empty.when(CartEntity::addItem, add("", 1)).refusal().code())
          .isEqualTo(Code.INVALID_ARGUMENT);
      assertThat(empty.when(CartEntity::addItem, add("tea", 0)).refusal().message())
          .isEqualTo("quantity must be positive but is 0");
    }
  }

  @Nested
  class A_cart_with_tea {
    @Test
    void adds_up_the_same_product() {
      var result = withTea.when(CartEntity::addItem, add("tea", 3));
      assertThat(result.state().items()).containsExactly(new Item("tea", "Green tea", 5));
    }

    @Test
    void refuses_more_than_can_be_counted() {
      var result = withTea.when(CartEntity::addItem, add("tea", Integer.MAX_VALUE));
      assertThat(result.refusal().code()).isEqualTo(Code.INVALID_ARGUMENT);
    }

    @Test
    void keeps_the_order_in_which_items_came() {
      var cart =
          withTea.given(
              new ItemAdded("milk", "Milk", 1),
              new QuantityChanged("tea", 7),
              new ItemAdded("milk", "Milk", 1));
      assertThat(cart.state().items())
          .containsExactly(new Item("tea", "Green tea", 7), new Item("milk", "Milk", 2));
    }

    @Test
    void changes_the_quantity_once() {
      var result = withTea.when(CartEntity::changeQuantity, change("tea", 9));
      assertThat(result.events()).containsExactly(new QuantityChanged("tea", 9));
      var again = result.then().when(CartEntity::changeQuantity, change("tea", 9));
      assertThat(again.isRefused()).isFalse();
      assertThat(again.events()).isEmpty();
    }

    @Test
    void refuses_to_change_to_nothing() {
      assertThat(withTea.when(CartEntity::changeQuantity, change("tea", 0)).refusal().code())
          .isEqualTo(Code.INVALID_ARGUMENT);
    }

    @Test
    void gives_the_tea_away() {
      var result = withTea.when(CartEntity::removeItem, remove("tea"));
      assertThat(result.events()).containsExactly(new ItemRemoved("tea"));
      assertThat(result.state().isEmpty()).isTrue();
    }

    @Test
    void knows_of_no_milk() {
      assertThat(withTea.when(CartEntity::removeItem, remove("milk")).refusal().code())
          .isEqualTo(Code.NOT_FOUND);
      assertThat(withTea.when(CartEntity::changeQuantity, change("milk", 1)).refusal().code())
          .isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void shows_its_items() {
      var view = withTea.when(CartEntity::getCart, GetCartRequest.getDefaultInstance()).reply();
      assertThat(view)
          .isEqualTo(
              CartView.newBuilder()
                  .addItems(
                      LineItem.newBuilder().setProductId("tea").setName("Green tea").setQuantity(2))
                  .build());
    }
  }

  @Nested
  class A_cart_that_is_checked_out {
    private final EntityTest<CartEntity, Cart, CartEvent> closed =
        withTea.when(CartEntity::checkOut, CHECK_OUT).then();

    @Test
    void can_be_read() {
      var view = closed.when(CartEntity::getCart, GetCartRequest.getDefaultInstance()).reply();
      assertThat(view.getCheckedOut()).isTrue();
      assertThat(view.getItemsList()).hasSize(1);
    }

    @Test
    void cannot_be_changed() {
      assertThat(closed.when(CartEntity::addItem, add("tea", 1)).refusal().code())
          .isEqualTo(Code.FAILED_PRECONDITION);
      assertThat(closed.when(CartEntity::changeQuantity, change("tea", 1)).refusal().code())
          .isEqualTo(Code.FAILED_PRECONDITION);
      assertThat(closed.when(CartEntity::removeItem, remove("tea")).refusal().code())
          .isEqualTo(Code.FAILED_PRECONDITION);
    }

    @Test
    void can_be_checked_out_again_without_a_second_event() {
      assertThat(withTea.when(CartEntity::checkOut, CHECK_OUT).events())
          .containsExactly(new CheckedOut());
      assertThat(closed.when(CartEntity::checkOut, CHECK_OUT).events()).isEmpty();
    }
  }

  private static AddItemRequest add(String productId, int quantity) {
    return AddItemRequest.newBuilder()
        .setProductId(productId)
        .setName("Green tea")
        .setQuantity(quantity)
        .build();
  }

  private static ChangeQuantityRequest change(String productId, int quantity) {
    return ChangeQuantityRequest.newBuilder().setProductId(productId).setQuantity(quantity).build();
  }

  private static RemoveItemRequest remove(String productId) {
    return RemoveItemRequest.newBuilder().setProductId(productId).build();
  }
}
