// SPDX-License-Identifier: Apache-2.0
package com.example.shoppingcart.domain;

import com.example.shoppingcart.domain.Cart.Item;
import io.holdfast.sdk.StoredAs;

/**
 * What has happened to a cart. Events are stored for ever under the names given here: add new ones,
 * never change what has been stored.
 */
public sealed interface CartEvent {

  /** The cart as it is once this has happened. */
  Cart applyTo(Cart cart);

  /** So many of a product were added to those already there. */
  @StoredAs("item-added")
  record ItemAdded(String productId, String name, int quantity) implements CartEvent {
    @Override
    public Cart applyTo(Cart cart) {
      int before = cart.item(productId).map(Item::quantity).orElse(0);
      return cart.with(new Item(productId, name, before + quantity));
    }
  }

  /** There are now so many of a product. */
  @StoredAs("quantity-changed")
  record QuantityChanged(String productId, int quantity) implements CartEvent {
    @Override
    public Cart applyTo(Cart cart) {
      var item = cart.item(productId).orElseThrow();
      return cart.with(new Item(productId, item.name(), quantity));
    }
  }

  @StoredAs("item-removed")
  record ItemRemoved(String productId) implements CartEvent {
    @Override
    public Cart applyTo(Cart cart) {
      return cart.without(productId);
    }
  }

  @StoredAs("checked-out")
  record CheckedOut() implements CartEvent {
    @Override
    public Cart applyTo(Cart cart) {
      return cart.closed();
    }
  }
}
