// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.journal;

/** Waits for the group that it is part of. One of the two is called, once, by the writer. */
interface Outcome {

  /** Everything is durable. */
  void stored();

  /** It may or may not be stored, as a whole. */
  void failed(RuntimeException cause);
}
