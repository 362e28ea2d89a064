// SPDX-License-Identifier: Apache-2.0
package com.example.shoppingcart.application;

import com.example.shoppingcart.api.ShoppingCartGrpc;
import com.example.shoppingcart.domain.Cart;
import com.example.shoppingcart.domain.CartEvent;
import io.holdfast.sdk.EventSourced;
import io.holdfast.sdk.Function;

/** Serves carts to a Holdfast proxy, on HOST and PORT. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    Function.serve(cart());
  }

  /** Which handler serves which rpc. An rpc without one would be named when the function starts. */
  public static EventSourced<CartEntity, Cart, CartEvent> cart() {
    return EventSourced.entity("cart", ShoppingCartGrpc.getServiceDescriptor(), CartEntity::new)
        .on(ShoppingCartGrpc.getAddItemMethod(), CartEntity::addItem)
        .on(ShoppingCartGrpc.getChangeQuantityMethod(), CartEntity::changeQuantity)
        .on(ShoppingCartGrpc.getRemoveItemMethod(), CartEntity::removeItem)
        .on(ShoppingCartGrpc.getGetCartMethod(), CartEntity::getCart)
        .on(ShoppingCartGrpc.getCheckOutMethod(), CartEntity::checkOut)
        .snapshotEvery(100)
        // They only count and compare. One that called another service could not say so.
        .handlersNeverBlock();
  }
}
