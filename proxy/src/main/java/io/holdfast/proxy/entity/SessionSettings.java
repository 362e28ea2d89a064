// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The bounds of a session.
 *
 * @param answerTimeout how long the function may take for one command
 * @param recoveryTimeout how long a recovery may stand still
 * @param closeTimeout how long the function may take to end its side of a stream that we closed
 * @param waitingCommandsMax how many commands may wait for one entity
 * @param unstoredRepliesMax how many replies of one entity may wait for the store
 */
public record SessionSettings(
    Duration answerTimeout,
    Duration recoveryTimeout,
    Duration closeTimeout,
    int waitingCommandsMax,
    int unstoredRepliesMax) {

  public SessionSettings {
    require(isPositive(answerTimeout), "answer-timeout", answerTimeout);
    require(isPositive(recoveryTimeout), "recovery-timeout", recoveryTimeout);
    require(isPositive(closeTimeout), "close-timeout", closeTimeout);
    require(waitingCommandsMax > 0, "waiting-commands-max", waitingCommandsMax);
    require(unstoredRepliesMax > 0, "unstored-replies-max", unstoredRepliesMax);
  }

  /** Reads the block {@code holdfast.entity}. */
  public static SessionSettings from(Config entity) {
    return new SessionSettings(
        entity.getDuration("answer-timeout"),
        entity.getDuration("recovery-timeout"),
        entity.getDuration("close-timeout"),
        entity.getInt("waiting-commands-max"),
        entity.getInt("unstored-replies-max"));
  }

  private static boolean isPositive(Duration value) {
    return !value.isZero() && !value.isNegative();
  }

  private static void require(boolean met, String key, Object value) {
    if (!met) {
      throw new IllegalArgumentException(
          "holdfast.entity." + key + " must be positive but is " + value);
    }
  }
}
