// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.wire;

/**
 * Which entity a stream is for.
 *
 * @param service full name of the service that clients call
 * @param id as the function is shown it
 */
public record Address(String service, String id) {}
