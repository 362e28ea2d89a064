// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.CrdtDelta.DeltaCase;
import io.holdfast.protocol.crdt.ORMapEntryDelta;
import io.holdfast.protocol.crdt.VoteDelta;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The data of a function as its library keeps it: plain values, changed as the protocol says. Fails
 * where a library would.
 */
public final class FunctionModel {

  private final DeltaCase type;
  public long count;
  public final Set<Any> elements = new HashSet<>();
  public Any value = Any.getDefaultInstance();
  public boolean raised;
  public final Map<Any, FunctionModel> entries = new HashMap<>();
  public VoteDelta votes = VoteDelta.getDefaultInstance();

  private FunctionModel(DeltaCase type) {
    this.type = type;
  }

  /** What a change from nothing makes. */
  public static FunctionModel from(CrdtDelta delta) {
    var model = new FunctionModel(delta.getDeltaCase());
    model.apply(delta);
    return model;
  }

  public DeltaCase type() {
    return type;
  }

  /** Takes a change of its own, or one that it is told. */
  public void apply(CrdtDelta delta) {
    assertThat(delta.getDeltaCase()).isEqualTo(type);
    switch (type) {
      case GCOUNTER -> {
        assertThat(delta.getGcounter().getIncrement()).isNotNegative();
        count += delta.getGcounter().getIncrement();
      }
      case PNCOUNTER -> count += delta.getPncounter().getChange();
      case GSET -> elements.addAll(delta.getGset().getAddedList());
      case ORSET -> {
        if (delta.getOrset().getCleared()) {
          elements.clear();
        }
        delta.getOrset().getRemovedList().forEach(elements::remove);
        elements.addAll(delta.getOrset().getAddedList());
      }
      case LWWREGISTER -> value = delta.getLwwregister().getValue();
      case FLAG -> raised |= delta.getFlag().getValue();
      case ORMAP -> applyMap(delta);
      case VOTE -> vote(delta.getVote());
      case DELTA_NOT_SET -> throw new AssertionError("a change of no type");
    }
  }

  private void applyMap(CrdtDelta delta) {
    if (delta.getOrmap().getCleared()) {
      entries.clear();
    }
    for (Any removed : delta.getOrmap().getRemovedList()) {
      assertThat(entries.remove(removed)).as("what is removed was there").isNotNull();
    }
    for (ORMapEntryDelta updated : delta.getOrmap().getUpdatedList()) {
      FunctionModel entry = entries.get(updated.getKey());
      if (entry == null) {
        throw new AssertionError("what is updated is not there: " + updated.getKey());
      }
      entry.apply(updated.getDelta());
    }
    for (ORMapEntryDelta added : delta.getOrmap().getAddedList()) {
      assertThat(entries).doesNotContainKey(added.getKey());
      entries.put(added.getKey(), from(added.getDelta()));
    }
  }

  // A change of its own has no counts, and the library counts itself.
  private void vote(VoteDelta told) {
    if (told.getTotalVoters() > 0) {
      votes = told;
      return;
    }
    int change = (told.getSelfVote() ? 1 : 0) - (votes.getSelfVote() ? 1 : 0);
    votes =
        votes.toBuilder()
            .setSelfVote(told.getSelfVote())
            .setVotesFor(votes.getVotesFor() + change)
            .build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FunctionModel that
        && type == that.type
        && count == that.count
        && elements.equals(that.elements)
        && value.equals(that.value)
        && raised == that.raised
        && entries.equals(that.entries)
        && votes.getSelfVote() == that.votes.getSelfVote()
        && votes.getVotesFor() == that.votes.getVotesFor();
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, count, elements, value, raised, entries);
  }

  @Override
  public String toString() {
    return switch (type) {
      case GCOUNTER, PNCOUNTER -> type + " " + count;
      case GSET, ORSET -> type + " " + elements;
      case LWWREGISTER -> type + " " + value;
      case FLAG -> type + " " + raised;
      case ORMAP -> type + " " + entries;
      case VOTE -> type + " " + votes;
      case DELTA_NOT_SET -> "nothing";
    };
  }
}
