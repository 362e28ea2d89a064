// SPDX-License-Identifier: Apache-2.0
/** gRPC on bytes: methods whose messages are never parsed, and the event loops that carry them. */
@NullMarked
package io.holdfast.bench.net;

import org.jspecify.annotations.NullMarked;
