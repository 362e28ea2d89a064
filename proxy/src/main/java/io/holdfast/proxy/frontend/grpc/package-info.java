// SPDX-License-Identifier: Apache-2.0
/** gRPC and gRPC-Web on the wire: frames, timeouts, statuses. Messages stay bytes. */
@NullMarked
package io.holdfast.proxy.frontend.grpc;

import org.jspecify.annotations.NullMarked;
