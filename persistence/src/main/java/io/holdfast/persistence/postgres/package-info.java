// SPDX-License-Identifier: Apache-2.0
/**
 * The store that several proxies share: a schema in a PostgreSQL database. Writes go through a few
 * lanes, threads that each store what waits for them in one transaction; an entity always uses the
 * same lane. What is acknowledged was committed. Whatever another proxy wrote meanwhile is seen by
 * the transaction itself, so that of two writers of an entity only one goes on. Reads hold no
 * connection while their reader is busy. A server that is away makes everything fail with {@link
 * io.holdfast.persistence.StoreException} and is used again as soon as it is back.
 */
@NullMarked
package io.holdfast.persistence.postgres;

import org.jspecify.annotations.NullMarked;
