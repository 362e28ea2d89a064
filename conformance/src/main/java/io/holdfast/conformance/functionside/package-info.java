// SPDX-License-Identifier: Apache-2.0
/**
 * Plays a function, message by message, against any proxy: a gRPC server that announces what a
 * suite likes and answers as it is told, and abstract suites that drive the proxy as its clients
 * do. Whoever tests a proxy says in a {@link ProxySubject} how one is started and extends the
 * suites.
 */
@NullMarked
package io.holdfast.conformance.functionside;

import org.jspecify.annotations.NullMarked;
