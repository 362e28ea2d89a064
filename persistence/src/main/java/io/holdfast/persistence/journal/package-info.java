// SPDX-License-Identifier: Apache-2.0
/**
 * Akka Persistence's journal and snapshot store over {@link
 * io.holdfast.persistence.record.Records}. One actor with a thread of its own writes: whatever
 * waits in its mailbox goes to disk together and is acknowledged together. Reads run elsewhere and
 * never wait for a write, except where they were asked for after it.
 */
@NullMarked
package io.holdfast.persistence.journal;

import org.jspecify.annotations.NullMarked;
