// SPDX-License-Identifier: Apache-2.0
/** The cluster under test: proxies, functions and a store on this machine. */
@NullMarked
package io.holdfast.chaos.testbed;

import org.jspecify.annotations.NullMarked;
