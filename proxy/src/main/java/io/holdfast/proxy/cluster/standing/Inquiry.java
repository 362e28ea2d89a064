// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster.standing;

import akka.cluster.UniqueAddress;
import io.holdfast.proxy.cluster.standing.StandingMessage.Answer;
import io.holdfast.proxy.cluster.standing.StandingMessage.View;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What other nodes have said in one {@link Doubt}, and what follows from it. */
final class Inquiry {

  private final Doubt doubt;
  private final Map<UniqueAddress, Answer> answers = new HashMap<>();

  /** What follows. */
  enum Verdict {
    MEMBER,
    REMOVED,
    OPEN
  }

  Inquiry(Doubt doubt) {
    this.doubt = doubt;
  }

  Doubt doubt() {
    return doubt;
  }

  /**
   * Takes a node's answer in, in place of its earlier ones. Answers to other doubts are dropped.
   */
  void answered(UniqueAddress node, Answer answer) {
    if (answer.number() == doubt.number()) {
      answers.put(node, answer);
    }
  }

  /**
   * The word of one node that is sure of itself is enough, and it is as good as that node's own
   * standing. Nodes that are in doubt themselves, as after the sleep of a machine on which all of
   * them run, vouch for each other only if none is missing: one that was awake may have removed
   * them all.
   *
   * @param others the other members, as far as this node knows
   */
  Verdict verdict(Set<UniqueAddress> others) {
    int confirmed = 0;
    boolean bySure = false;
    for (UniqueAddress other : others) {
      Answer answer = answers.get(other);
      if (answer == null) {
        continue;
      }
      if (answer.sure() && answer.view() == View.REMOVED) {
        return Verdict.REMOVED;
      }
      if (answer.view() == View.MEMBER) {
        confirmed++;
        bySure |= answer.sure();
      }
    }
    return bySure || confirmed == others.size() ? Verdict.MEMBER : Verdict.OPEN;
  }
}
