// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import io.holdfast.proxy.entity.FunctionPort;
import io.holdfast.proxy.entity.SessionSettings;
import io.holdfast.proxy.entity.actor.LiveEntities;
import io.holdfast.proxy.entity.crdt.replica.CrdtSettings;
import io.holdfast.proxy.entity.crdt.replica.Replication;
import io.holdfast.proxy.entity.onward.Onward;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What all CRDT entities of one service share.
 *
 * @param entityType by which their replicas are named
 * @param serviceName the full name of the service that clients call at the moment
 * @param onward where forwards and side effects go
 * @param live is told who is in memory
 * @param session the bounds that all kinds of entity have
 * @param wallMillis the time, for registers
 * @param nanoTime for time-outs
 */
record CrdtContext(
    String entityType,
    Supplier<String> serviceName,
    FunctionPort function,
    Onward onward,
    Replication replication,
    LiveEntities live,
    SessionSettings session,
    CrdtSettings settings,
    LongSupplier wallMillis,
    LongSupplier nanoTime) {}
