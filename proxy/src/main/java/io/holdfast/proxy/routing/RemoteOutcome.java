// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import io.holdfast.proxy.command.Outcome;

/**
 * The outcome of a command on its way back to the node that sent it.
 *
 * @param correlation the number by which that node knows the command
 */
record RemoteOutcome(long correlation, Outcome outcome) {}
