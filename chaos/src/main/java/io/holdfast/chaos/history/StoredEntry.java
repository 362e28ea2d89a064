// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.history;

/**
 * An event of a ledger, or the value of a slot, as the store has it.
 *
 * @param sequence as the store numbers it; a value's revision
 * @param command that wrote it
 * @param instance of the entity that handled the command
 * @param position that this instance gave it
 */
public record StoredEntry(long sequence, String command, String instance, long position) {}
