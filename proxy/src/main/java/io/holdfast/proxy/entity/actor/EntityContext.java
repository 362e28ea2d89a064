// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.actor;

import io.holdfast.persistence.Store;
import io.holdfast.proxy.entity.FunctionPort;
import io.holdfast.proxy.entity.SessionSettings;
import io.holdfast.proxy.entity.onward.Onward;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What all entities of one service share.
 *
 * @param entityType where their state is kept
 * @param serviceName the full name of the service that clients call at the moment
 * @param withoutSnapshots whether the function wants to be sent events only, at the moment
 * @param onward where forwards and side effects go
 * @param live where they say that they are live
 * @param clock for the times that are stored
 * @param nanoTime for time-outs
 */
public record EntityContext(
    String entityType,
    Supplier<String> serviceName,
    BooleanSupplier withoutSnapshots,
    FunctionPort function,
    Onward onward,
    LiveEntities live,
    Store store,
    SessionSettings settings,
    Clock clock,
    LongSupplier nanoTime) {

  /** The time that is stored with what is written now: microseconds since 1970. */
  public long micros() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }
}
