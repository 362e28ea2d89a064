// SPDX-License-Identifier: Apache-2.0
/**
 * The ceiling that the proxy is measured against: a program of the proxy's shape that does the
 * least that shape allows. A gRPC frontend finds the entity's key in the request's bytes and hands
 * the payload to that entity's stream; the function's reply goes back as bytes. No cluster, no
 * store: it forgets everything when it stops.
 */
@NullMarked
package io.holdfast.bench.passthrough;

import org.jspecify.annotations.NullMarked;
