// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import org.jspecify.annotations.Nullable;

/**
 * The store cannot do its work. The message is one sentence that tells an operator what to change.
 * When it ends a write, the write may or may not have been stored, as a whole: recover to find out.
 */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean outage;

  public StoreException(String sentence, @Nullable Throwable cause) {
    this(sentence, cause, cause instanceof StoreException store && store.outage);
  }

  private StoreException(String sentence, @Nullable Throwable cause, boolean outage) {
    super(sentence, cause);
    this.outage = outage;
  }

  /** The server is away, or was not found yet, which {@link Store#watch} tells of as well. */
  public static StoreException outage(String sentence, @Nullable Throwable cause) {
    return new StoreException(sentence, cause, true);
  }

  /**
   * Whether it is one of the many failures of an outage. The store says in the log that there is
   * one; who fails because of it need not.
   */
  public boolean isOutage() {
    return outage;
  }

  /** The process is on its way out, or the store was never opened. */
  public static StoreException closed() {
    return new StoreException("The store is closed; restart the proxy to open it again.", null);
  }

  /** A record is in a form that this release does not know. */
  public static StoreException newer(String what) {
    return new StoreException(
        what + " was written by a newer release; start that release or a later one.", null);
  }

  /** A record has no meaning, although the disk gave it back without complaint. */
  public static StoreException damaged(String what, @Nullable Throwable cause) {
    return new StoreException(
        what + " cannot be read because its record is damaged; restore the store from a backup.",
        cause);
  }
}
