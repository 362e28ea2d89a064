// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.command;

import com.google.common.base.Utf8;
import java.util.Optional;

/**
 * How long an entity's id may be, whichever store keeps the entity. An id is the entity type, a
 * separator and the key.
 *
 * @param bytesMax the most bytes it may have in UTF-8
 */
public record EntityIdLimit(int bytesMax) {

  private static final int BYTES_OF_CHAR_MAX = 3;

  /**
   * @throws IllegalArgumentException for a limit below 1, or above what the store takes
   */
  public EntityIdLimit(int bytesMax, String store, int storeBytesMax) {
    this(bytesMax);
    if (bytesMax > storeBytesMax) {
      throw new IllegalArgumentException(
          "holdfast.entity.id-bytes-max is "
              + bytesMax
              + ", but the "
              + store
              + " store takes ids of up to "
              + storeBytesMax
              + " bytes");
    }
  }

  public EntityIdLimit {
    if (bytesMax < 1) {
      throw new IllegalArgumentException("holdfast.entity.id-bytes-max must be at least 1");
    }
  }

  /** Why no command may go to the entity; empty when its id is short enough. */
  public Optional<Failure> refusal(EntityId entity) {
    long most =
        BYTES_OF_CHAR_MAX * ((long) entity.entityType().length() + entity.key().length()) + 1;
    if (most <= bytesMax) {
      return Optional.empty();
    }
    long bytes = Utf8.encodedLength(entity.entityType()) + 1L + Utf8.encodedLength(entity.key());
    return bytes <= bytesMax
        ? Optional.empty()
        : Optional.of(
            Failure.of(
                Failure.Code.INVALID_COMMAND,
                "the id of the "
                    + entity.entityType()
                    + " has "
                    + bytes
                    + " bytes, and may have "
                    + bytesMax
                    + " (its type, a separator and its key)"));
  }
}
