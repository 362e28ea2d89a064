// SPDX-License-Identifier: Apache-2.0
/**
 * What every store of ours answers to: Akka Persistence's journal and snapshot protocols. The
 * stores decide what is kept and how; who is told what, and in which order, is decided here once.
 */
@NullMarked
package io.holdfast.persistence.plugin;

import org.jspecify.annotations.NullMarked;
