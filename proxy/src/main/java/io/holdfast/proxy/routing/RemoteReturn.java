// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

/**
 * A node tells the one where a command came in that nobody has taken it in: no function has seen
 * it, and it may be sent again.
 *
 * @param correlation the number by which that node knows the command
 */
record RemoteReturn(long correlation) {}
