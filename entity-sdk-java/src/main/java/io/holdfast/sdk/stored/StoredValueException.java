// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.stored;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A value cannot be written or read. Its message says which, and what to change. */
public final class StoredValueException extends RuntimeException {

  private static final int PATH_MAX = 12;
  private static final int NAME_MAX = 60;

  private StoredValueException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static StoredValueException unreadable(String typeUrl, Throwable cause) {
    return new StoredValueException(
        "a stored value of type " + typeUrl + " cannot be read: " + firstLine(cause), cause);
  }

  static StoredValueException unwritable(Class<?> type, Throwable cause) {
    return new StoredValueException(
        "a value of " + type.getSimpleName() + " cannot be stored: " + firstLine(cause), cause);
  }

  static StoredValueException unknown(String typeUrl, String kind, Object known) {
    return new StoredValueException(
        "a stored "
            + kind
            + " is of type "
            + typeUrl
            + ", which this function does not know; it knows "
            + known
            + ". Register an upgrade for it, or the name it was stored under",
        null);
  }

  static StoredValueException unnamed(Class<?> type, String kind) {
    return new StoredValueException(
        type.getName() + " is not among the " + kind + " types of this entity", null);
  }

  /** Where and why, without the advice on Jackson's settings that it puts in parentheses. */
  private static String firstLine(Throwable cause) {
    String message =
        cause instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : String.valueOf(cause.getMessage());
    String line = message.lines().findFirst().orElse("");
    int advice = line.indexOf(" (set ");
    String reason = advice < 0 ? line : line.substring(0, advice);
    return cause instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
        ? path(mapping.getPath()) + ": " + reason
        : reason;
  }

  private static List<String> path(List<Reference> references) {
    List<String> path =
        references.stream().limit(PATH_MAX).map(StoredValueException::step).toList();
    return references.size() <= PATH_MAX
        ? path
        : Stream.concat(path.stream(), Stream.of("…")).toList();
  }

  private static String step(Reference reference) {
    String name = reference.getFieldName();
    if (name == null) {
      return Integer.toString(reference.getIndex());
    }
    // A key of a map may be of any length.
    return name.length() <= NAME_MAX ? name : name.substring(0, NAME_MAX) + "…";
  }
}
