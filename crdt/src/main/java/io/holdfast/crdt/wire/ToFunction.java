// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.wire;

import com.google.protobuf.Any;
import io.holdfast.crdt.causal.ReplicaId;
import io.holdfast.crdt.store.CounterStore;
import io.holdfast.crdt.store.Element;
import io.holdfast.crdt.store.ElementStore;
import io.holdfast.crdt.store.FlagStore;
import io.holdfast.crdt.store.Kind;
import io.holdfast.crdt.store.MapStore;
import io.holdfast.crdt.store.RegisterStore;
import io.holdfast.crdt.store.Store;
import io.holdfast.crdt.store.VoteStore;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.FlagDelta;
import io.holdfast.protocol.crdt.GCounterDelta;
import io.holdfast.protocol.crdt.GSetDelta;
import io.holdfast.protocol.crdt.LWWRegisterDelta;
import io.holdfast.protocol.crdt.ORMapDelta;
import io.holdfast.protocol.crdt.ORMapEntryDelta;
import io.holdfast.protocol.crdt.ORSetDelta;
import io.holdfast.protocol.crdt.PNCounterDelta;
import io.holdfast.protocol.crdt.VoteDelta;

/** What a function is told that has nothing yet. */
final class ToFunction {

  private ToFunction() {}

  static CrdtDelta everything(Kind kind, Store store, Voters voters) {
    var delta = CrdtDelta.newBuilder();
    switch (kind) {
      case GCOUNTER -> delta.setGcounter(increment(((CounterStore) store).value()));
      case PNCOUNTER -> delta.setPncounter(change(((CounterStore) store).value()));
      case GSET -> delta.setGset(GSetDelta.newBuilder().addAllAdded(anys((ElementStore) store)));
      case ORSET -> delta.setOrset(ORSetDelta.newBuilder().addAllAdded(anys((ElementStore) store)));
      case LWWREGISTER -> delta.setLwwregister(value((RegisterStore) store));
      case FLAG -> delta.setFlag(FlagDelta.newBuilder().setValue(!((FlagStore) store).isEmpty()));
      case ORMAP -> delta.setOrmap(entries((MapStore) store, voters));
      case VOTE -> delta.setVote(votes((VoteStore) store, voters));
    }
    return delta.build();
  }

  static GCounterDelta.Builder increment(long increment) {
    return GCounterDelta.newBuilder().setIncrement(increment);
  }

  static PNCounterDelta.Builder change(long change) {
    return PNCounterDelta.newBuilder().setChange(change);
  }

  private static Iterable<Any> anys(ElementStore store) {
    return store.elements().keySet().stream().map(Element::any).toList();
  }

  static LWWRegisterDelta value(RegisterStore store) {
    var delta = LWWRegisterDelta.newBuilder();
    store.newest().ifPresent(newest -> delta.setValue(newest.value().any()));
    return delta.build();
  }

  private static ORMapDelta entries(MapStore store, Voters voters) {
    var delta = ORMapDelta.newBuilder();
    store
        .visible()
        .forEach(
            (key, visible) ->
                delta.addAdded(
                    entry(key, everything(visible.kind(), visible.entry().value(), voters))));
    return delta.build();
  }

  static ORMapEntryDelta entry(Element key, CrdtDelta value) {
    return ORMapEntryDelta.newBuilder().setKey(key.any()).setDelta(value).build();
  }

  static VoteDelta votes(VoteStore store, Voters voters) {
    boolean self = false;
    int inFavour = 0;
    for (var vote : store.dots().all()) {
      ReplicaId replica = vote.dot().replica();
      self |= vote.value() && replica.equals(voters.self());
      inFavour += vote.value() && voters.up().contains(replica) ? 1 : 0;
    }
    return VoteDelta.newBuilder()
        .setSelfVote(self)
        .setVotesFor(inFavour)
        .setTotalVoters(voters.up().size())
        .build();
  }
}
