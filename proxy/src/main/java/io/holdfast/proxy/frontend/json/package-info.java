// SPDX-License-Identifier: Apache-2.0
/**
 * HTTP/JSON: what a request's method, path, query and body say, as a message, and a reply as JSON.
 *
 * <p>Follows {@code google/api/http.proto} and the proto3 JSON mapping; whatever does not fit a
 * message is refused, never ignored.
 */
@NullMarked
package io.holdfast.proxy.frontend.json;

import org.jspecify.annotations.NullMarked;
