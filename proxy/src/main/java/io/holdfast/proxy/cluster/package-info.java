// SPDX-License-Identifier: Apache-2.0
/**
 * This node as a member: how it finds the others and joins them, on which threads it runs entities,
 * and what nodes have to agree on.
 */
@NullMarked
package io.holdfast.proxy.cluster;

import org.jspecify.annotations.NullMarked;
