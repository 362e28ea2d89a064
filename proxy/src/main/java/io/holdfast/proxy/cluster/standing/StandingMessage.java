// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster.standing;

/** What nodes say to each other about their standing. */
sealed interface StandingMessage {

  /**
   * A node that is in doubt asks what it is to another one.
   *
   * @param number comes back with the answer
   * @param uid of the node that asks, by which it differs from earlier ones with its address
   */
  record Question(long number, long uid) implements StandingMessage {}

  /**
   * A member answers.
   *
   * @param number the question's
   * @param uid of the node that answers
   * @param sure whether that node is sure of its own standing
   */
  record Answer(long number, long uid, View view, boolean sure) implements StandingMessage {}

  /** What a node is to another one. */
  enum View {
    /** A member that can be reached. */
    MEMBER,
    /** A member that cannot be reached: it may be removed soon, or be heard again. */
    MISSED,
    /** No member, or one that is being removed. */
    REMOVED
  }
}
