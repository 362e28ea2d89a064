// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.stored;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import org.jspecify.annotations.Nullable;

/** A value cannot be written or read. Its message says which, and what to change. */
public final class StoredValueException extends RuntimeException {

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
        ? mapping.getPath().stream().map(Reference::getFieldName).toList() + ": " + reason
        : reason;
  }
}
