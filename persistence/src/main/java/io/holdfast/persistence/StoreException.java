// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import org.jspecify.annotations.Nullable;

/**
 * The store cannot do its work. The message is one sentence that tells an operator what to change.
 */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StoreException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
