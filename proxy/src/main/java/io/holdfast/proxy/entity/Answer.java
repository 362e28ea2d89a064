// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.SideEffect;
import java.util.List;

/** What the function said, whatever the kind of entity. */
public sealed interface Answer {

  /** Calls the one method of {@code visitor} that fits. */
  void visit(Visitor visitor);

  /** It carried out a command. */
  record Replied(
      long commandId, ClientAction action, List<SideEffect> sideEffects, StateChange change)
      implements Answer {
    @Override
    public void visit(Visitor visitor) {
      visitor.onReplied(this);
    }
  }

  /** It gave up. The stream is of no use any more. */
  record GaveUp(Failure failure) implements Answer {
    @Override
    public void visit(Visitor visitor) {
      visitor.onGaveUp(this);
    }
  }

  /**
   * It cannot read the snapshot that it was sent, and has done nothing.
   *
   * @param why for people
   */
  record SnapshotRefused(String why) implements Answer {
    @Override
    public void visit(Visitor visitor) {
      visitor.onSnapshotRefused(this);
    }
  }

  /**
   * It broke the protocol.
   *
   * @param what completes the sentence "the function …"
   */
  record Broken(String what) implements Answer {
    @Override
    public void visit(Visitor visitor) {
      visitor.onBroken(this);
    }
  }

  /** One method for each kind of answer. */
  interface Visitor {
    void onReplied(Replied replied);

    void onGaveUp(GaveUp gaveUp);

    void onSnapshotRefused(SnapshotRefused refused);

    void onBroken(Broken broken);
  }
}
