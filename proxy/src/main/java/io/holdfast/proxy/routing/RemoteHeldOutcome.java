// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import io.holdfast.proxy.routing.transfer.Reference;

/**
 * A command has ended, and its outcome is too large for a message: the node that sent the command
 * fetches it.
 *
 * @param correlation the number by which that node knows the command
 */
record RemoteHeldOutcome(long correlation, Reference outcome) {}
