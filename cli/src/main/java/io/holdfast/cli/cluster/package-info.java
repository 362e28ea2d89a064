// SPDX-License-Identifier: Apache-2.0
/**
 * Several pairs of function and proxy on this machine that form a cluster, and what can be done to
 * each: killed, paused, stopped, started again. Nothing is started again unasked.
 */
@NullMarked
package io.holdfast.cli.cluster;

import org.jspecify.annotations.NullMarked;
