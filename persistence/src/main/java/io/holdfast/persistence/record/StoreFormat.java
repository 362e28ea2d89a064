// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.record;

import io.holdfast.persistence.StoreException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The mark that a store carries from its first moment: {@code holdfast/} and the number of the
 * layout of its keys. It grows when an older release would misread the whole; values have a version
 * of their own.
 */
public final class StoreFormat {

  private static final String NAME = "holdfast/";
  private static final int NEWEST = 1;
  private static final byte[] KEY = Bytes.join(Keys.prefix(Keys.ABOUT, "format"), 0);

  private StoreFormat() {}

  public static byte[] key() {
    return KEY.clone();
  }

  /** Marks a new store. */
  public static void mark(RecordBatch batch) {
    batch.put(KEY, (NAME + NEWEST).getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Checks the mark that was found.
   *
   * @param place names the store to an operator
   * @throws StoreException when this release cannot read the store
   */
  public static void check(byte @Nullable [] mark, String place) {
    String text = mark == null ? "" : new String(mark, StandardCharsets.US_ASCII);
    if (!text.startsWith(NAME)) {
      throw new StoreException(
          place + " holds a database that is not Holdfast's; name another directory.", null);
    }
    String format = text.substring(NAME.length());
    if (!format.equals(Integer.toString(NEWEST))) {
      throw new StoreException(
          place
              + " was written by a newer release (storage format "
              + format
              + ", this one reads "
              + NEWEST
              + "); start that release or a later one.",
          null);
    }
  }
}
