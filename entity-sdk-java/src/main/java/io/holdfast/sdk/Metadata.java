// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import com.google.protobuf.ByteString;
import io.holdfast.protocol.MetadataEntry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Headers of a command, a reply or a call: lower-case keys, each with one or more values. Never
 * those of the transport. Immutable.
 */
public final class Metadata {

  private static final Pattern KEY = Pattern.compile("[a-z0-9._-]+");
  private static final Pattern VALUE = Pattern.compile("[ -~]*");
  private static final String BINARY = "-bin";
  private static final Metadata EMPTY =
      new Metadata(io.holdfast.protocol.Metadata.getDefaultInstance());

  private final io.holdfast.protocol.Metadata entries;

  private Metadata(io.holdfast.protocol.Metadata entries) {
    this.entries = entries;
  }

  public static Metadata empty() {
    return EMPTY;
  }

  /**
   * Headers with one text value each.
   *
   * @throws IllegalArgumentException as {@link #with(String, String)} does
   */
  public static Metadata of(Map<String, String> values) {
    var metadata = EMPTY;
    for (var entry : values.entrySet()) {
      metadata = metadata.with(entry.getKey(), entry.getValue());
    }
    return metadata;
  }

  /** As they came on the wire. */
  public static Metadata of(io.holdfast.protocol.Metadata entries) {
    return entries.getEntriesCount() == 0 ? EMPTY : new Metadata(Objects.requireNonNull(entries));
  }

  /**
   * With one more text value, after those that the key has.
   *
   * @param key letters, digits, {@code -}, {@code _} and {@code .}; not ending in "-bin"
   * @param value printable ASCII
   * @throws IllegalArgumentException if they are something else: such headers cannot be sent
   */
  public Metadata with(String key, String value) {
    String name = name(key);
    if (name.endsWith(BINARY)) {
      throw new IllegalArgumentException("header %s takes bytes, not text".formatted(key));
    }
    if (!VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "the value of header %s is not printable ASCII: send it as bytes, under %s-bin"
              .formatted(key, key));
    }
    return with(MetadataEntry.newBuilder().setKey(name).setStringValue(value));
  }

  /**
   * With one more binary value, after those that the key has.
   *
   * @param key letters, digits, {@code -}, {@code _} and {@code .}; ending in "-bin"
   * @throws IllegalArgumentException if it is something else: such headers cannot be sent
   */
  public Metadata with(String key, ByteString value) {
    String name = name(key);
    if (!name.endsWith(BINARY)) {
      throw new IllegalArgumentException(
          "header %s takes text: the names of binary ones end in -bin".formatted(key));
    }
    return with(MetadataEntry.newBuilder().setKey(name).setBytesValue(value));
  }

  private Metadata with(MetadataEntry.Builder entry) {
    return new Metadata(entries.toBuilder().addEntries(entry).build());
  }

  private static String name(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    if (!KEY.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\"%s\" cannot be the name of a header: letters, digits, '-', '_' and '.' only"
              .formatted(key));
    }
    return name;
  }

  /** As they go on the wire. */
  public io.holdfast.protocol.Metadata entries() {
    return entries;
  }

  public boolean isEmpty() {
    return entries.getEntriesCount() == 0;
  }

  /** The event that the headers describe, if they describe one. */
  public Optional<CloudEvent> cloudEvent() {
    return CloudEvent.in(this);
  }

  /** The first text value of that key. */
  public Optional<String> text(String key) {
    return texts(key).stream().findFirst();
  }

  /** All text values of that key, in their order. */
  public List<String> texts(String key) {
    return named(key)
        .filter(MetadataEntry::hasStringValue)
        .map(MetadataEntry::getStringValue)
        .toList();
  }

  /** All binary values of that key, whose name ends in "-bin", in their order. */
  public List<ByteString> bytes(String key) {
    return named(key)
        .filter(MetadataEntry::hasBytesValue)
        .map(MetadataEntry::getBytesValue)
        .toList();
  }

  /** Each key once, sorted. */
  public List<String> keys() {
    var keys = new TreeSet<String>();
    entries.getEntriesList().forEach(entry -> keys.add(entry.getKey()));
    return List.copyOf(keys);
  }

  private Stream<MetadataEntry> named(String key) {
    return entries.getEntriesList().stream().filter(entry -> entry.getKey().equalsIgnoreCase(key));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Metadata that && entries.equals(that.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  /** Keys only: values may be secrets, and this may end up in a log. */
  @Override
  public String toString() {
    return "Metadata" + keys();
  }
}
