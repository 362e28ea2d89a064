// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

/** How much a client is told about a handler that broke. The log has everything either way. */
public enum Mode {
  /** The first line of the exception. */
  DEVELOPMENT,
  /** An id that is found in the log beside the exception, and nothing of the inside. */
  PRODUCTION
}
