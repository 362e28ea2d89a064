// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.cart;

import io.holdfast.sdk.Function;

/** A function in a process of its own. */
public final class CartFunction {

  private CartFunction() {}

  public static void main(String[] args) {
    Function.serve(CartEntity.described());
  }
}
