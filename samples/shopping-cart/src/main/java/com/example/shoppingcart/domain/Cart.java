// SPDX-License-Identifier: Apache-2.0
package com.example.shoppingcart.domain;

import io.holdfast.sdk.StoredAs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A user's cart: items in the order in which they were first added, until it is checked out. */
@StoredAs("cart")
public record Cart(List<Item> items, boolean checkedOut) {

  public static final Cart EMPTY = new Cart(List.of(), false);

  /** So many of one product. */
  public record Item(String productId, String name, int quantity) {}

  public Cart {
    items = List.copyOf(items);
  }

  public Optional<Item> item(String productId) {
    return items.stream().filter(item -> item.productId().equals(productId)).findFirst();
  }

  public boolean isEmpty() {
    return items.isEmpty();
  }

  /** With that item at the place of the same product, or at the end. */
  Cart with(Item item) {
    var changed = new ArrayList<>(items);
    int place = item(item.productId()).map(items::indexOf).orElse(items.size());
    if (place < items.size()) {
      changed.set(place, item);
    } else {
      changed.add(item);
    }
    return new Cart(changed, checkedOut);
  }

  Cart without(String productId) {
    return new Cart(
        items.stream().filter(item -> !item.productId().equals(productId)).toList(), checkedOut);
  }

  Cart closed() {
    return new Cart(items, true);
  }
}
