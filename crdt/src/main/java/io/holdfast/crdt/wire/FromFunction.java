// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.wire;

import com.google.protobuf.Any;
import io.holdfast.crdt.causal.CausalContext;
import io.holdfast.crdt.causal.Dots;
import io.holdfast.crdt.causal.Mark;
import io.holdfast.crdt.store.CounterStore;
import io.holdfast.crdt.store.Element;
import io.holdfast.crdt.store.ElementStore;
import io.holdfast.crdt.store.FlagStore;
import io.holdfast.crdt.store.Kind;
import io.holdfast.crdt.store.MapStore;
import io.holdfast.crdt.store.RegisterStore;
import io.holdfast.crdt.store.RegisterStore.Write;
import io.holdfast.crdt.store.Store;
import io.holdfast.crdt.store.VoteStore;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.LWWRegisterDelta;
import io.holdfast.protocol.crdt.ORSetDelta;
import io.holdfast.protocol.crdt.VoteDelta;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Makes what a function asks for into a store that holds what is written, and nothing else. */
final class FromFunction {

  private final Writing writing;
  private final RegisterClock clock;
  private boolean overruled;

  FromFunction(Writing writing, RegisterClock clock) {
    this.writing = writing;
    this.clock = clock;
  }

  /** What the change has seen. */
  CausalContext touched() {
    return writing.touched();
  }

  /** Whether a write to a register came to nothing because the value there is newer. */
  boolean overruled() {
    return overruled;
  }

  /**
   * @param stood what the function has seen; of that kind
   */
  Store change(Kind kind, Store stood, CrdtDelta asked) throws InvalidDeltaException {
    return switch (kind) {
      case GCOUNTER -> count((CounterStore) stood, increment(asked.getGcounter().getIncrement()));
      case PNCOUNTER -> count((CounterStore) stood, asked.getPncounter().getChange());
      case GSET -> add((ElementStore) stood, asked.getGset().getAddedList());
      case ORSET -> change((ElementStore) stood, asked.getOrset());
      case LWWREGISTER -> write((RegisterStore) stood, asked.getLwwregister());
      case FLAG -> raise((FlagStore) stood, asked.getFlag().getValue());
      case ORMAP -> new MapChange(this, writing, (MapStore) stood).of(asked.getOrmap());
      case VOTE -> vote((VoteStore) stood, asked.getVote());
    };
  }

  private static long increment(long increment) throws InvalidDeltaException {
    if (increment < 0) {
      throw new InvalidDeltaException(
          "incremented a GCounter by "
              + Long.toUnsignedString(increment)
              + ": at most "
              + Long.MAX_VALUE
              + " is possible");
    }
    return increment;
  }

  private CounterStore count(CounterStore stood, long change) throws InvalidDeltaException {
    if (change == 0) {
      return new CounterStore(Dots.none());
    }
    var own = stood.dots().without(dot -> !writing.isOwn(dot));
    long before = new CounterStore(own).value();
    try {
      long unused = Math.addExact(stood.value(), change);
      return new CounterStore(writing.replace(own, Math.addExact(before, change)));
    } catch (ArithmeticException e) {
      throw new InvalidDeltaException(
          "changed a counter that is at "
              + stood.value()
              + " by "
              + change
              + ", which 64 bits do not hold");
    }
  }

  private ElementStore change(ElementStore stood, ORSetDelta asked) throws InvalidDeltaException {
    if (asked.getCleared()) {
      stood.forEachDot(writing::remove);
    }
    for (Any removed : asked.getRemovedList()) {
      writing.remove(dots(stood, element(removed)));
    }
    return add(stood, asked.getAddedList());
  }

  // Also what is there already: the new addition outlives a removal that has only seen the old one.
  private ElementStore add(ElementStore stood, List<Any> added) throws InvalidDeltaException {
    NavigableMap<Element, Dots<Mark>> written = new TreeMap<>();
    for (Any any : added) {
      Element element = element(any);
      if (!written.containsKey(element)) {
        written.put(element, writing.replace(dots(stood, element), Mark.MARK));
      }
    }
    return new ElementStore(written);
  }

  private static Dots<Mark> dots(ElementStore stood, Element element) {
    return stood.elements().getOrDefault(element, Dots.none());
  }

  /** A value of the function's, which must say of what type it is. */
  static Element element(Any any) throws InvalidDeltaException {
    if (any.getTypeUrl().isEmpty()) {
      throw new InvalidDeltaException("asked for a change with a value that has no type URL");
    }
    return Element.of(any);
  }

  private RegisterStore write(RegisterStore stood, LWWRegisterDelta asked)
      throws InvalidDeltaException {
    Element value = element(asked.getValue());
    var newest = stood.newest();
    var stoodClock =
        newest.isPresent() ? OptionalLong.of(newest.get().clock()) : OptionalLong.empty();
    long time = clock.of(asked, stoodClock);
    if (stoodClock.isPresent() && time < stoodClock.getAsLong()) {
      overruled = true;
      return new RegisterStore(Dots.none());
    }
    // Of equal clocks the later write stands, because the earlier one was seen when it was made.
    return new RegisterStore(writing.replace(stood.dots(), new Write(value, time)));
  }

  private FlagStore raise(FlagStore stood, boolean raised) throws InvalidDeltaException {
    if (raised) {
      return new FlagStore(writing.replace(stood.dots(), Mark.MARK));
    }
    if (!stood.isEmpty()) {
      throw new InvalidDeltaException("set a flag to false that is true");
    }
    return stood;
  }

  private VoteStore vote(VoteStore stood, VoteDelta asked) throws InvalidDeltaException {
    if (asked.getVotesFor() != 0 || asked.getTotalVoters() != 0) {
      throw new InvalidDeltaException("counted votes, which only the proxy does");
    }
    var own = stood.dots().without(dot -> !writing.isOwn(dot));
    return new VoteStore(writing.replace(own, asked.getSelfVote()));
  }
}
