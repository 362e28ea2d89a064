// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import io.holdfast.proxy.command.Command;
import java.util.concurrent.CompletionStage;

/**
 * Payload and metadata of a command that has come without them: they were too large to come along.
 */
public interface PendingContent {

  /** Where they are, for people. */
  String node();

  /**
   * Begins to bring them. Called once at most, by the entity that has taken the command in.
   *
   * @param without the command as it came
   * @return the whole command, on any thread; fails with a clause that says why when it cannot be
   *     had; perhaps never completes when the command has ended before
   */
  CompletionStage<Command> fetch(Command without);
}
