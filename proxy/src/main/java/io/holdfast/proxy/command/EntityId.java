// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.command;

import java.util.Objects;

/**
 * Names one entity, for the shard and the journal.
 *
 * @param entityType the persistence id of its kind
 * @param key the values of its key fields, each with {@code \} and {@code |} escaped by a {@code
 *     \}, joined with {@code |}; so two entities never share one, whatever their values hold
 */
public record EntityId(String entityType, String key) {

  public EntityId {
    Objects.requireNonNull(entityType, "entityType");
    Objects.requireNonNull(key, "key");
  }

  /** The id that the function is shown: the values as they are, joined with {@code -}. */
  public String shown() {
    if (key.indexOf('|') < 0 && key.indexOf('\\') < 0) {
      return key;
    }
    var shown = new StringBuilder(key.length());
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c == '\\') {
        i++;
        shown.append(key.charAt(i));
      } else {
        shown.append(c == '|' ? '-' : c);
      }
    }
    return shown.toString();
  }

  /** The id under which the journal keeps the entity. */
  public String persistenceId() {
    return entityType + '|' + key;
  }

  @Override
  public String toString() {
    return entityType + '/' + shown();
  }
}
