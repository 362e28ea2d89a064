// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.eventsourced;

import io.holdfast.persistence.Store;
import io.holdfast.proxy.entity.FunctionPort;
import io.holdfast.proxy.entity.LiveEntities;
import io.holdfast.proxy.entity.SessionSettings;
import java.time.Clock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What all entities of one service share.
 *
 * @param entityType where their events are kept
 * @param serviceName the full name of the service that clients call at the moment
 * @param live where they say that they are live
 * @param clock for the times that are stored
 * @param nanoTime for time-outs
 */
public record EventSourcedContext(
    String entityType,
    Supplier<String> serviceName,
    FunctionPort function,
    LiveEntities live,
    Store store,
    SessionSettings settings,
    Clock clock,
    LongSupplier nanoTime) {}
