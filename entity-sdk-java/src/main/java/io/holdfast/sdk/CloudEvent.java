// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;

/**
 * What the headers of a message say of the event in it, by the HTTP binding of CloudEvents: {@code
 * ce-id}, {@code ce-source} and so on. Messages that come from an event log or a topic have one.
 *
 * @param id which event it is; unique within its source
 * @param source where it comes from
 * @param specVersion the version of CloudEvents
 * @param type what kind of event it is
 * @param time when it happened; empty also if what was sent is no RFC 3339 time
 * @param subject what it is about, an entity's id say
 * @param dataContentType of what kind the message's bytes are
 */
public record CloudEvent(
    String id,
    String source,
    String specVersion,
    String type,
    Optional<Instant> time,
    Optional<String> subject,
    Optional<String> dataContentType) {
  public CloudEvent {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(specVersion, "specVersion");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(dataContentType, "dataContentType");
  }

  /** Empty unless the four attributes that every event has are there. */
  static Optional<CloudEvent> in(Metadata headers) {
    var id = headers.text("ce-id");
    var source = headers.text("ce-source");
    var specVersion = headers.text("ce-specversion");
    var type = headers.text("ce-type");
    if (id.isEmpty() || source.isEmpty() || specVersion.isEmpty() || type.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new CloudEvent(
            id.get(),
            source.get(),
            specVersion.get(),
            type.get(),
            headers.text("ce-time").flatMap(CloudEvent::parsed),
            headers.text("ce-subject"),
            headers.text("ce-datacontenttype")));
  }

  /** Senders get it wrong; that is no reason to lose the event. */
  private static Optional<Instant> parsed(String time) {
    try {
      return Optional.of(OffsetDateTime.parse(time).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
