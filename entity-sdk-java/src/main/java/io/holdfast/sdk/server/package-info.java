// SPDX-License-Identifier: Apache-2.0
/**
 * The gRPC server inside a function: connections, threads, discovery and the entities' streams. The
 * only place that knows Netty. Not for entity developers.
 */
@NullMarked
package io.holdfast.sdk.server;

import org.jspecify.annotations.NullMarked;
