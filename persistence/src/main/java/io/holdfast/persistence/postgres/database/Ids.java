// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres.database;

import io.holdfast.persistence.WriteRefusedException;
import io.holdfast.persistence.record.EntityKeys;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Persistence ids as bytes. */
public final class Ids {

  /** PostgreSQL's indexes take no more than about 2700 bytes in one entry. */
  public static final int BYTES_MAX = 2048;

  private Ids() {}

  /**
   * The id's UTF-8.
   *
   * @throws IllegalArgumentException for an id that is no well-formed text
   * @throws WriteRefusedException for one that is too long
   */
  public static byte[] bytes(String persistenceId) {
    ByteBuffer encoded;
    try {
      encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(persistenceId));
    } catch (CharacterCodingException e) {
      // A question mark in its place would make one id of two.
      throw new IllegalArgumentException("a persistence id holds half a surrogate pair", e);
    }
    if (encoded.remaining() > BYTES_MAX) {
      throw WriteRefusedException.notStorable(
          persistenceId.substring(0, 40) + "…",
          "this store takes ids of up to " + BYTES_MAX + " bytes");
    }
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  public static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  public static byte[] entityType(String persistenceId) {
    return bytes(EntityKeys.entityType(persistenceId));
  }
}
