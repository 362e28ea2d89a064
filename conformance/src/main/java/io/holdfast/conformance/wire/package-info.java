// SPDX-License-Identifier: Apache-2.0
/**
 * What both sides of the suites speak with: the model's messages, the words of each kind of entity,
 * calls that are driven message by message, and waiting with an end. Everything here is real gRPC
 * and needs an address at most.
 */
@NullMarked
package io.holdfast.conformance.wire;

import org.jspecify.annotations.NullMarked;
