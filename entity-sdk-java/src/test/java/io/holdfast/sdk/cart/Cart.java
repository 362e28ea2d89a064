// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.cart;

import io.holdfast.sdk.StoredAs;
import java.util.Map;
import java.util.TreeMap;

@StoredAs("test-cart")
public record Cart(Map<String, Integer> quantities) {

  public static final Cart EMPTY = new Cart(Map.of());

  public Cart {
    quantities = Map.copyOf(quantities);
  }

  public boolean isEmpty() {
    return quantities.isEmpty();
  }

  Cart plus(String productId, int quantity) {
    var updated = new TreeMap<>(quantities);
    updated.merge(productId, quantity, Integer::sum);
    return new Cart(updated);
  }
}
