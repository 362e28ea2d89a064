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
import java.util.stream.Stream;

/** Request headers: lower-case keys, each with one or more values. Never those of the transport. */
public final class Metadata {

  private static final Metadata EMPTY =
      new Metadata(io.holdfast.protocol.Metadata.getDefaultInstance());

  private final io.holdfast.protocol.Metadata entries;

  private Metadata(io.holdfast.protocol.Metadata entries) {
    this.entries = entries;
  }

  public static Metadata empty() {
    return EMPTY;
  }

  /** Headers with one text value each. */
  public static Metadata of(Map<String, String> values) {
    var metadata = io.holdfast.protocol.Metadata.newBuilder();
    values.forEach(
        (key, value) ->
            metadata.addEntries(
                MetadataEntry.newBuilder()
                    .setKey(key.toLowerCase(Locale.ROOT))
                    .setStringValue(value)));
    return new Metadata(metadata.build());
  }

  /** As they came on the wire. */
  public static Metadata of(io.holdfast.protocol.Metadata entries) {
    return entries.getEntriesCount() == 0 ? EMPTY : new Metadata(Objects.requireNonNull(entries));
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
