// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import java.util.Objects;
import java.util.Optional;

/**
 * The circumstances of a command, for handlers that ask for them with a last argument.
 *
 * @param entityId the values of the command's key fields, joined with "-"
 * @param command the rpc's name, without its service
 * @param sequence the sequence number of the entity's last event; 0 before the first, and for
 *     entities without events
 * @param metadata the client's own request headers
 */
public record CommandContext(String entityId, String command, long sequence, Metadata metadata) {
  public CommandContext {
    Objects.requireNonNull(entityId, "entityId");
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(metadata, "metadata");
  }

  /** The event that the command brings, when it comes from an event log or a topic. */
  public Optional<CloudEvent> cloudEvent() {
    return metadata.cloudEvent();
  }
}
