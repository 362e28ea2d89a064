// SPDX-License-Identifier: Apache-2.0
/** How clients' commands meet the domain: the entity with its handlers, and the main method. */
package com.example.shoppingcart.application;
