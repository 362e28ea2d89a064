// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.cart;

import io.holdfast.sdk.StoredAs;

public sealed interface CartEvent {

  Cart applyTo(Cart cart);

  @StoredAs("item-added.v2")
  record ItemAdded(String productId, int quantity) implements CartEvent {
    @Override
    public Cart applyTo(Cart cart) {
      if (productId.equals("unappliable")) {
        throw new IllegalStateException("cannot be applied");
      }
      return cart.plus(productId, quantity);
    }
  }

  @StoredAs("emptied")
  record Emptied() implements CartEvent {
    @Override
    public Cart applyTo(Cart cart) {
      return Cart.EMPTY;
    }
  }
}
