// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.crdt;

import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.LWWRegisterDelta;
import io.holdfast.sdk.stored.StoredTypes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One value, of which the last write wins.
 *
 * @param <T> the value
 */
public final class LWWRegister<T> extends Crdt {

  private final StoredTypes<T> types;
  private final T initial;
  private T value;
  private T before;
  private @Nullable Clock written;

  private LWWRegister(StoredTypes<T> types, T initial) {
    this.types = types;
    this.initial = initial;
    this.value = initial;
    this.before = initial;
    // Whoever begins with what cannot be written should learn it now.
    Objects.requireNonNull(types.encode(initial));
  }

  /**
   * A register to which nobody has written.
   *
   * @param type of the values; a sealed interface stands for all its records
   * @param initial what it holds until somebody does
   * @throws io.holdfast.sdk.FunctionException if such values cannot be written
   */
  public static <T> LWWRegister<T> of(Class<T> type, T initial) {
    return new LWWRegister<>(Encodings.of(type), Objects.requireNonNull(initial, "initial"));
  }

  public T value() {
    return value;
  }

  /** Writes a value. Of writes at different nodes the later one wins. */
  public void set(T value) {
    set(value, Clock.LAST_WINS);
  }

  /**
   * Writes a value. Should another have won by that clock, this node has the other again once it
   * hears of it.
   */
  public void set(T value, Clock clock) {
    Objects.requireNonNull(types.encode(value));
    this.value = value;
    written = Objects.requireNonNull(clock, "clock");
    touch();
  }

  @Override
  CrdtDelta everything() {
    return delta(
        written != null ? written : value.equals(initial) ? Clock.BEFORE_ALL : Clock.LAST_WINS);
  }

  @Override
  CrdtDelta.DeltaCase deltaCase() {
    return CrdtDelta.DeltaCase.LWWREGISTER;
  }

  @Override
  Optional<CrdtDelta> recorded() {
    return Optional.ofNullable(written).map(this::delta);
  }

  @Override
  void restore() {
    value = before;
  }

  @Override
  void forget() {
    before = value;
    written = null;
  }

  @Override
  void mergeSame(CrdtDelta delta) {
    var write = delta.getLwwregister();
    value = write.hasValue() ? types.decode(write.getValue()) : initial;
    before = value;
  }

  private CrdtDelta delta(Clock clock) {
    return CrdtDelta.newBuilder()
        .setLwwregister(
            LWWRegisterDelta.newBuilder()
                .setValue(types.encode(value))
                .setClock(clock.kind())
                .setCustomClockValue(clock.value()))
        .build();
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
