// SPDX-License-Identifier: Apache-2.0
/**
 * Events as rows: the blocks that hold them, their places in the log of all events, and payloads of
 * any size.
 */
@NullMarked
package io.holdfast.persistence.cassandra.block;

import org.jspecify.annotations.NullMarked;
