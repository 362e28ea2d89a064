// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of all records. A key is a table's letter, a name, and a number of eight bytes. A name
 * is UTF-8 in which a zero byte is followed by {@code ff}, ended by {@code 00 01}: so no name is
 * the beginning of another, and keys sort by table, then name by code point, then number.
 */
final class Keys {

  /** Events, by persistence id and sequence number. */
  static final byte EVENTS = 'e';

  /** Which event was stored when, by entity type and offset. */
  static final byte LOG = 'l';

  /** Snapshots, by persistence id and sequence number. */
  static final byte SNAPSHOTS = 's';

  /** Values, by persistence id. The number is 0. */
  static final byte VALUES = 'v';

  /** Up to where events are deleted, by persistence id. */
  static final byte DELETED = 'd';

  /** Facts about the store itself, by name. */
  static final byte ABOUT = 'a';

  private static final byte END = 1;
  private static final byte PAST_END = 2;
  private static final byte ZERO = (byte) 0xff;

  private Keys() {}

  /** Table and name: what all keys of one name begin with. */
  static byte[] prefix(byte table, String name) {
    byte[] utf8 = utf8(name);
    int zeros = 0;
    for (byte b : utf8) {
      zeros += b == 0 ? 1 : 0;
    }
    byte[] prefix = new byte[1 + utf8.length + zeros + 2];
    prefix[0] = table;
    int at = 1;
    for (byte b : utf8) {
      prefix[at++] = b;
      if (b == 0) {
        prefix[at++] = ZERO;
      }
    }
    prefix[at + 1] = END;
    return prefix;
  }

  /** Just past every key that begins with this prefix. */
  static byte[] after(byte[] prefix) {
    byte[] after = prefix.clone();
    after[after.length - 1] = PAST_END;
    return after;
  }

  /** Where the keys of a table begin whose names begin with {@code nameStart}. */
  static byte[] nameStart(byte table, String nameStart) {
    byte[] ended = prefix(table, nameStart);
    return Arrays.copyOf(ended, ended.length - 2);
  }

  /** Just past every key whose name begins so. {@code start} is not empty and ends in ASCII. */
  static byte[] afterNames(byte[] start) {
    byte[] after = start.clone();
    after[after.length - 1]++;
    return after;
  }

  /** The name in a key of a table that has names. */
  static String name(byte[] key) {
    byte[] utf8 = new byte[key.length];
    int size = 0;
    for (int at = 1; key[at] != 0 || key[at + 1] != END; at++) {
      utf8[size++] = key[at];
      if (key[at] == 0) {
        at++;
      }
    }
    return new String(utf8, 0, size, StandardCharsets.UTF_8);
  }

  /** The number at the end of a key. */
  static long number(byte[] key) {
    return Bytes.longAt(key, key.length - Long.BYTES);
  }

  static byte[] utf8(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isSurrogate(name.charAt(i))) {
        // Half a pair would become a question mark: two names, one key.
        if (Character.isLowSurrogate(name.charAt(i))
            || ++i == name.length()
            || !Character.isLowSurrogate(name.charAt(i))) {
          throw new IllegalArgumentException("a persistence id holds half a surrogate pair");
        }
      }
    }
    return name.getBytes(StandardCharsets.UTF_8);
  }
}
