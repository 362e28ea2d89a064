// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.function;

import io.holdfast.chaos.api.Entry;
import io.holdfast.chaos.api.LedgerName;
import io.holdfast.chaos.api.Marked;
import io.holdfast.chaos.api.Marks;
import io.holdfast.sdk.crdt.GSet;
import io.holdfast.sdk.replicated.ReplicatedEffect;
import io.holdfast.sdk.replicated.ReplicatedEntity;
import io.holdfast.sdk.replicated.WriteConsistency;

/** A set of marks, of which every node has a copy. */
public final class Board implements ReplicatedEntity<GSet<String>> {

  @Override
  public GSet<String> emptyState() {
    return GSet.of(String.class);
  }

  ReplicatedEffect<Marked> mark(GSet<String> marks, Entry entry) {
    marks.add(entry.getCommand());
    // What only one node has is gone with it.
    return reply(Marked.getDefaultInstance()).writing(WriteConsistency.MAJORITY);
  }

  ReplicatedEffect<Marks> show(GSet<String> marks, LedgerName name) {
    return reply(Marks.newBuilder().addAllCommands(marks.elements()).build());
  }
}
