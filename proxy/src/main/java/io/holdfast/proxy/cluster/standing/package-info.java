// SPDX-License-Identifier: Apache-2.0
/**
 * Whether this node may still speak for its entities. A process that stood still, be it stopped or
 * its machine suspended, may have been removed from its cluster meanwhile, and its entities may
 * live elsewhere. It finds that out from the others before it lets any further command to an
 * entity; and if it cannot, it leaves. So does a node whose whole cluster was founded beside
 * another one.
 */
@NullMarked
package io.holdfast.proxy.cluster.standing;

import org.jspecify.annotations.NullMarked;
