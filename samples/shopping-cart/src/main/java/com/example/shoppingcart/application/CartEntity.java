// SPDX-License-Identifier: Apache-2.0
package com.example.shoppingcart.application;

import static io.grpc.Status.Code.FAILED_PRECONDITION;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;

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
import com.google.protobuf.Empty;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.EventSourcedEntity;
import io.holdfast.sdk.ReadOnlyEffect;

/** Decides what a cart does with each command. Holds no state: each handler is given the cart. */
public final class CartEntity implements EventSourcedEntity<Cart, CartEvent> {

  @Override
  public Cart emptyState() {
    return Cart.EMPTY;
  }

  @Override
  public Cart onEvent(Cart cart, CartEvent event) {
    return event.applyTo(cart);
  }

  Effect<Empty> addItem(Cart cart, AddItemRequest command) {
    if (cart.checkedOut()) {
      return refuseCheckedOut();
    }
    if (command.getProductId().isBlank()) {
      return refuse(INVALID_ARGUMENT, "productId must not be empty");
    }
    if (command.getQuantity() <= 0) {
      return refuseQuantity(command.getQuantity());
    }
    int before = cart.item(command.getProductId()).map(Item::quantity).orElse(0);
    if (before > Integer.MAX_VALUE - command.getQuantity()) {
      return refuse(INVALID_ARGUMENT, "quantity is too large with the " + before + " there are");
    }
    return persist(new ItemAdded(command.getProductId(), command.getName(), command.getQuantity()))
        .thenReply(Empty.getDefaultInstance());
  }

  Effect<Empty> changeQuantity(Cart cart, ChangeQuantityRequest command) {
    if (cart.checkedOut()) {
      return refuseCheckedOut();
    }
    if (command.getQuantity() <= 0) {
      return refuseQuantity(command.getQuantity());
    }
    var item = cart.item(command.getProductId());
    if (item.isEmpty()) {
      return refuseUnknown(command.getProductId());
    }
    if (item.get().quantity() == command.getQuantity()) {
      return reply(Empty.getDefaultInstance());
    }
    return persist(new QuantityChanged(command.getProductId(), command.getQuantity()))
        .thenReply(Empty.getDefaultInstance());
  }

  Effect<Empty> removeItem(Cart cart, RemoveItemRequest command) {
    if (cart.checkedOut()) {
      return refuseCheckedOut();
    }
    if (cart.item(command.getProductId()).isEmpty()) {
      return refuseUnknown(command.getProductId());
    }
    return persist(new ItemRemoved(command.getProductId())).thenReply(Empty.getDefaultInstance());
  }

  /** Only reads: with this result type it could not store anything. */
  ReadOnlyEffect<CartView> getCart(Cart cart, GetCartRequest command) {
    var view = CartView.newBuilder().setCheckedOut(cart.checkedOut());
    for (Item item : cart.items()) {
      view.addItems(
          LineItem.newBuilder()
              .setProductId(item.productId())
              .setName(item.name())
              .setQuantity(item.quantity()));
    }
    return reply(view.build());
  }

  /**
   * Checking out twice is the same as once, so that clients may repeat a call they are unsure of.
   */
  Effect<Empty> checkOut(Cart cart, CheckOutRequest command) {
    if (cart.checkedOut()) {
      return reply(Empty.getDefaultInstance());
    }
    if (cart.isEmpty()) {
      return refuse(FAILED_PRECONDITION, "the cart is empty");
    }
    return persist(new CheckedOut()).thenReply(Empty.getDefaultInstance());
  }

  private ReadOnlyEffect<Empty> refuseCheckedOut() {
    return refuse(FAILED_PRECONDITION, "the cart is checked out");
  }

  private ReadOnlyEffect<Empty> refuseQuantity(int quantity) {
    return refuse(INVALID_ARGUMENT, "quantity must be positive but is " + quantity);
  }

  private ReadOnlyEffect<Empty> refuseUnknown(String productId) {
    return refuse(NOT_FOUND, "there is no " + productId + " in the cart");
  }
}
