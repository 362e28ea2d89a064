// SPDX-License-Identifier: Apache-2.0
/**
 * The one port on which clients reach the entities: gRPC, gRPC-Web and HTTP/JSON, and beside them
 * reflection, health and readiness.
 *
 * <p>{@link io.holdfast.proxy.frontend.Frontend} is the way in. It passes payloads on as the bytes
 * that came; nothing behind it knows by which protocol a client spoke.
 */
@NullMarked
package io.holdfast.proxy.frontend;

import org.jspecify.annotations.NullMarked;
