// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.holdfast.crdt.store.Kind;
import io.holdfast.protocol.crdt.CrdtClock;
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
import java.util.List;

/** Changes as functions ask for them. */
public final class Deltas {

  private Deltas() {}

  public static Any any(String text) {
    return Any.newBuilder()
        .setTypeUrl("p.cloudstate.io/string")
        .setValue(ByteString.copyFromUtf8(text))
        .build();
  }

  public static CrdtDelta gcounter(long increment) {
    return CrdtDelta.newBuilder()
        .setGcounter(GCounterDelta.newBuilder().setIncrement(increment))
        .build();
  }

  public static CrdtDelta pncounter(long change) {
    return CrdtDelta.newBuilder()
        .setPncounter(PNCounterDelta.newBuilder().setChange(change))
        .build();
  }

  public static CrdtDelta gset(String... added) {
    return CrdtDelta.newBuilder().setGset(GSetDelta.newBuilder().addAllAdded(anys(added))).build();
  }

  public static CrdtDelta add(String... added) {
    return CrdtDelta.newBuilder()
        .setOrset(ORSetDelta.newBuilder().addAllAdded(anys(added)))
        .build();
  }

  public static CrdtDelta remove(String... removed) {
    return CrdtDelta.newBuilder()
        .setOrset(ORSetDelta.newBuilder().addAllRemoved(anys(removed)))
        .build();
  }

  public static CrdtDelta register(String value) {
    return register(value, CrdtClock.DEFAULT, 0);
  }

  public static CrdtDelta register(String value, CrdtClock clock, long custom) {
    return CrdtDelta.newBuilder()
        .setLwwregister(
            LWWRegisterDelta.newBuilder()
                .setValue(any(value))
                .setClock(clock)
                .setCustomClockValue(custom))
        .build();
  }

  public static CrdtDelta flag(boolean value) {
    return CrdtDelta.newBuilder().setFlag(FlagDelta.newBuilder().setValue(value)).build();
  }

  public static CrdtDelta vote(boolean self) {
    return CrdtDelta.newBuilder().setVote(VoteDelta.newBuilder().setSelfVote(self)).build();
  }

  public static CrdtDelta map(ORMapDelta.Builder change) {
    return CrdtDelta.newBuilder().setOrmap(change).build();
  }

  public static CrdtDelta put(String key, CrdtDelta value) {
    return map(ORMapDelta.newBuilder().addAdded(entry(key, value)));
  }

  public static CrdtDelta update(String key, CrdtDelta change) {
    return map(ORMapDelta.newBuilder().addUpdated(entry(key, change)));
  }

  public static CrdtDelta removeKey(String key) {
    return map(ORMapDelta.newBuilder().addRemoved(any(key)));
  }

  public static ORMapEntryDelta entry(String key, CrdtDelta value) {
    return ORMapEntryDelta.newBuilder().setKey(any(key)).setDelta(value).build();
  }

  /** The first change of one of that kind. */
  public static CrdtDelta initial(Kind kind) {
    return switch (kind) {
      case GCOUNTER -> gcounter(1);
      case PNCOUNTER -> pncounter(-1);
      case GSET -> gset("a");
      case ORSET -> add("a");
      case LWWREGISTER -> register("a");
      case FLAG -> flag(true);
      case ORMAP -> put("a", pncounter(1));
      case VOTE -> vote(true);
    };
  }

  private static List<Any> anys(String... texts) {
    return List.of(texts).stream().map(Deltas::any).toList();
  }
}
