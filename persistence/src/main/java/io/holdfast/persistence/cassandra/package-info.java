/**
 * The Cassandra store, on its driver alone. An entity is written by one writer at a time: whoever
 * recovers it claims it by a lightweight transaction and announces that to the writer before; that
 * one looks at what is announced to it after each write and before anyone is told of it. So writes
 * are plain, and still no event is acknowledged that the next writer does not find.
 */
@NullMarked
package io.holdfast.persistence.cassandra;

import org.jspecify.annotations.NullMarked;
