// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.wire;

import com.google.protobuf.Any;
import io.holdfast.crdt.store.CounterStore;
import io.holdfast.crdt.store.Element;
import io.holdfast.crdt.store.ElementStore;
import io.holdfast.crdt.store.Kind;
import io.holdfast.crdt.store.MapStore;
import io.holdfast.crdt.store.MapStore.Visible;
import io.holdfast.crdt.store.RegisterStore;
import io.holdfast.crdt.store.Store;
import io.holdfast.crdt.store.VoteStore;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.FlagDelta;
import io.holdfast.protocol.crdt.GSetDelta;
import io.holdfast.protocol.crdt.ORMapDelta;
import io.holdfast.protocol.crdt.ORSetDelta;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What leads a function from the values that it has to those that it shall have.
 *
 * <p>Values are compared, not what made them: an entry that was removed and added again may be
 * reached by a change all the same, and then is.
 *
 * @param known who voted and counted when it was told last
 * @param current who does now
 */
record Span(Voters known, Voters current) {

  /**
   * The change from one value to another of the same kind; empty when they are the same.
   *
   * @throws NoWayException when the type has no such change, a counter that only grows cannot
   *     shrink say
   */
  Optional<CrdtDelta> between(Kind kind, Store from, Store to) throws NoWayException {
    if (from.equals(to) && known.equals(current)) {
      return Optional.empty();
    }
    return switch (kind) {
      case GCOUNTER -> increment(((CounterStore) from).value(), ((CounterStore) to).value());
      case PNCOUNTER -> change(((CounterStore) from).value(), ((CounterStore) to).value());
      case GSET -> growth(elements(from), elements(to));
      case ORSET -> change(elements(from), elements(to));
      case LWWREGISTER -> write((RegisterStore) from, (RegisterStore) to);
      case FLAG -> rise(!from.isEmpty(), !to.isEmpty());
      case ORMAP -> change((MapStore) from, (MapStore) to);
      case VOTE -> vote((VoteStore) from, (VoteStore) to);
    };
  }

  private static Optional<CrdtDelta> increment(long from, long to) throws NoWayException {
    NoWayException.unless(to >= from);
    return to == from
        ? Optional.empty()
        : Optional.of(CrdtDelta.newBuilder().setGcounter(ToFunction.increment(to - from)).build());
  }

  // A difference that 64 bits do not hold wraps around, and so does the function's sum.
  private static Optional<CrdtDelta> change(long from, long to) {
    return to == from
        ? Optional.empty()
        : Optional.of(CrdtDelta.newBuilder().setPncounter(ToFunction.change(to - from)).build());
  }

  private static Set<Element> elements(Store store) {
    return ((ElementStore) store).elements().keySet();
  }

  private static Optional<CrdtDelta> growth(Set<Element> from, Set<Element> to)
      throws NoWayException {
    NoWayException.unless(to.containsAll(from));
    return to.size() == from.size()
        ? Optional.empty()
        : Optional.of(
            CrdtDelta.newBuilder()
                .setGset(GSetDelta.newBuilder().addAllAdded(missing(from, to)))
                .build());
  }

  private static Optional<CrdtDelta> change(Set<Element> from, Set<Element> to) {
    if (from.equals(to)) {
      return Optional.empty();
    }
    var delta = ORSetDelta.newBuilder();
    if (to.isEmpty()) {
      delta.setCleared(true);
    } else {
      delta.addAllRemoved(missing(to, from)).addAllAdded(missing(from, to));
    }
    return Optional.of(CrdtDelta.newBuilder().setOrset(delta).build());
  }

  private static List<Any> missing(Collection<Element> from, Collection<Element> all) {
    return all.stream().filter(element -> !from.contains(element)).map(Element::any).toList();
  }

  private static Optional<CrdtDelta> write(RegisterStore from, RegisterStore to) {
    var told = ToFunction.value(from);
    var tell = ToFunction.value(to);
    return told.equals(tell)
        ? Optional.empty()
        : Optional.of(CrdtDelta.newBuilder().setLwwregister(tell).build());
  }

  private static Optional<CrdtDelta> rise(boolean from, boolean to) throws NoWayException {
    NoWayException.unless(to || !from);
    return to == from
        ? Optional.empty()
        : Optional.of(
            CrdtDelta.newBuilder().setFlag(FlagDelta.newBuilder().setValue(true)).build());
  }

  private Optional<CrdtDelta> vote(VoteStore from, VoteStore to) {
    var told = ToFunction.votes(from, known);
    var tell = ToFunction.votes(to, current);
    return told.equals(tell)
        ? Optional.empty()
        : Optional.of(CrdtDelta.newBuilder().setVote(tell).build());
  }

  private Optional<CrdtDelta> change(MapStore from, MapStore to) {
    NavigableMap<Element, Visible> had = from.visible();
    NavigableMap<Element, Visible> has = to.visible();
    var delta = ORMapDelta.newBuilder();
    if (has.isEmpty()) {
      delta.setCleared(!had.isEmpty());
    } else {
      delta.addAllRemoved(missing(has.keySet(), had.keySet()));
      has.forEach((key, visible) -> entry(delta, key, had.get(key), visible));
    }
    ORMapDelta told = delta.build();
    return told.equals(ORMapDelta.getDefaultInstance())
        ? Optional.empty()
        : Optional.of(CrdtDelta.newBuilder().setOrmap(told).build());
  }

  private void entry(ORMapDelta.Builder delta, Element key, @Nullable Visible had, Visible has) {
    try {
      if (had != null) {
        NoWayException.unless(had.kind() == has.kind());
        between(has.kind(), had.entry().value(), has.entry().value())
            .ifPresent(change -> delta.addUpdated(ToFunction.entry(key, change)));
        return;
      }
    } catch (NoWayException e) {
      delta.addRemoved(key.any());
    }
    delta.addAdded(
        ToFunction.entry(key, ToFunction.everything(has.kind(), has.entry().value(), current)));
  }
}
