// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.crdt;

import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.VoteDelta;
import java.util.Optional;

/**
 * A vote of the cluster's nodes: each says yes or no, at first no, and may change its mind. The
 * counts are as they were when this node last heard.
 */
public final class Vote extends Crdt {

  private boolean self;
  private boolean selfBefore;
  private int inFavour;
  private int voters = 1;

  /** Votes for this node. */
  public void vote(boolean yes) {
    if (yes != self) {
      self = yes;
      inFavour += yes ? 1 : -1;
      touch();
    }
  }

  /** What this node has voted. */
  public boolean selfVote() {
    return self;
  }

  /** How many nodes say yes. */
  public int votesFor() {
    return inFavour;
  }

  /** How many nodes there are. */
  public int voters() {
    return voters;
  }

  /** Whether at least one node says yes. */
  public boolean isAnyInFavour() {
    return inFavour > 0;
  }

  /** Whether more than half of the nodes say yes. */
  public boolean isMajorityInFavour() {
    return inFavour > voters / 2;
  }

  /** Whether all nodes say yes. */
  public boolean isUnanimous() {
    return inFavour == voters;
  }

  @Override
  CrdtDelta everything() {
    return CrdtDelta.newBuilder().setVote(VoteDelta.newBuilder().setSelfVote(self)).build();
  }

  @Override
  CrdtDelta told() {
    var vote =
        VoteDelta.newBuilder().setSelfVote(self).setVotesFor(inFavour).setTotalVoters(voters);
    return CrdtDelta.newBuilder().setVote(vote).build();
  }

  @Override
  CrdtDelta.DeltaCase deltaCase() {
    return CrdtDelta.DeltaCase.VOTE;
  }

  @Override
  Optional<CrdtDelta> recorded() {
    return self == selfBefore ? Optional.empty() : Optional.of(everything());
  }

  @Override
  void restore() {
    vote(selfBefore);
  }

  @Override
  void forget() {
    selfBefore = self;
  }

  @Override
  void mergeSame(CrdtDelta delta) {
    self = delta.getVote().getSelfVote();
    selfBefore = self;
    inFavour = delta.getVote().getVotesFor();
    voters = delta.getVote().getTotalVoters();
  }

  @Override
  public String toString() {
    return inFavour + " of " + voters;
  }
}
