// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.definition;

/**
 * A change that has been carried out in memory.
 *
 * @param state as it is now
 * @param sequence the number of the last event in it; 0 for entities without events
 * @param write what the proxy is to store
 */
public record Kept<S>(S state, long sequence, Write write) {}
