// SPDX-License-Identifier: Apache-2.0
/**
 * The process: reads the configuration, puts the parts together, starts and stops them in order.
 */
@NullMarked
package io.holdfast.proxy;

import org.jspecify.annotations.NullMarked;
