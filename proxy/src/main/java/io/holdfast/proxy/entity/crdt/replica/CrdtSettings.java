// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt.replica;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The bounds of CRDT entities and of how they are replicated.
 *
 * @param propagationInterval how often changes are sent to other nodes
 * @param writeTimeout how long other nodes may take to confirm a write
 * @param holdAfter how long changes of other nodes wait before new commands wait for them
 * @param liveEntitiesMax how many entities of one type a node keeps in memory
 * @param outstandingCommandsMax how many commands of one entity the function may owe answers to
 * @param clientStreamsMax how many clients may be streamed to by one entity
 * @param unreadMessagesMax how many messages may wait for one streamed client
 * @param stateBytesMax how large the state of one entity may become
 * @param durable whether states outlive the whole cluster
 * @param directory where they are kept, if so
 * @param pruningInterval how often nodes that left are looked for
 * @param pruningDissemination how long everything that a node wrote may take to be everywhere
 */
public record CrdtSettings(
    Duration propagationInterval,
    Duration writeTimeout,
    Duration holdAfter,
    int liveEntitiesMax,
    int outstandingCommandsMax,
    int clientStreamsMax,
    int unreadMessagesMax,
    long stateBytesMax,
    boolean durable,
    Path directory,
    Duration pruningInterval,
    Duration pruningDissemination) {

  // Akka sends changes five times in each of its gossip intervals, at most every 200 ms.
  private static final Duration PROPAGATION_MIN = Duration.ofMillis(200);

  // A function has to take the state in one message, and a node holds each of them in memory.
  private static final long STATE_BYTES_MAX = 16L << 20;

  public CrdtSettings {
    require(
        propagationInterval.compareTo(PROPAGATION_MIN) >= 0,
        "propagation-interval must be at least 200 ms",
        propagationInterval);
    positive("write-timeout", writeTimeout);
    positive("hold-after", holdAfter);
    positive("live-entities-max", liveEntitiesMax);
    positive("outstanding-commands-max", outstandingCommandsMax);
    positive("client-streams-max", clientStreamsMax);
    positive("unread-messages-max", unreadMessagesMax);
    require(
        stateBytesMax > 0 && stateBytesMax <= STATE_BYTES_MAX,
        "state-bytes-max must be from 1 to " + STATE_BYTES_MAX + " bytes",
        stateBytesMax);
    positive("pruning-interval", pruningInterval);
    positive("pruning-dissemination", pruningDissemination);
  }

  /** Reads the block {@code holdfast.crdt}. */
  public static CrdtSettings from(Config crdt) {
    return new CrdtSettings(
        crdt.getDuration("propagation-interval"),
        crdt.getDuration("write-timeout"),
        crdt.getDuration("hold-after"),
        crdt.getInt("live-entities-max"),
        crdt.getInt("outstanding-commands-max"),
        crdt.getInt("client-streams-max"),
        crdt.getInt("unread-messages-max"),
        crdt.getBytes("state-bytes-max"),
        crdt.getBoolean("durable"),
        Path.of(crdt.getString("directory")),
        crdt.getDuration("pruning-interval"),
        crdt.getDuration("pruning-dissemination"));
  }

  private static void positive(String key, Duration value) {
    require(!value.isZero() && !value.isNegative(), key + " must be positive", value);
  }

  private static void positive(String key, int value) {
    require(value > 0, key + " must be positive", value);
  }

  private static void require(boolean met, String what, Object value) {
    if (!met) {
      throw new IllegalArgumentException("holdfast.crdt." + what + " but is " + value);
    }
  }
}
