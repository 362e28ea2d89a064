// SPDX-License-Identifier: Apache-2.0
/**
 * PostgreSQL and Cassandra as processes on this machine, with their data in a directory of the
 * caller's, so that nobody needs Docker or an installed server to try or test Holdfast on a real
 * store. {@link io.holdfast.devservers.LocalServers} starts them; whoever starts one stops it.
 */
@NullMarked
package io.holdfast.devservers;

import org.jspecify.annotations.NullMarked;
