// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.plugin;

import java.util.concurrent.CompletableFuture;

/** Waits for the group that it is part of. One of the two is called, once, by the writer. */
public interface Outcome {

  /** Everything is durable. */
  void stored();

  /** It may or may not be stored, as a whole. */
  void failed(RuntimeException cause);

  /** Passes itself on to a future. */
  static Outcome completing(CompletableFuture<Void> done) {
    return new Outcome() {
      @Override
      public void stored() {
        done.complete(null);
      }

      @Override
      public void failed(RuntimeException cause) {
        done.completeExceptionally(cause);
      }
    };
  }
}
