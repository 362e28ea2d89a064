// SPDX-License-Identifier: Apache-2.0
/** What a cart is and what can happen to it. Knows nothing of gRPC, HTTP or Holdfast's server. */
package com.example.shoppingcart.domain;
