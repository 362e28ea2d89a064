// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

/** The stores as users name them, and as the proxy does. */
enum StoreName {
  embedded,
  memory,
  postgres,
  cassandra
}
