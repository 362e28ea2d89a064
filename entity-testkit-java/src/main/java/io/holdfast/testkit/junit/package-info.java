// SPDX-License-Identifier: Apache-2.0
/**
 * Runs a function and a real proxy inside a JUnit test: the same proxy that is deployed, on a store
 * on disk, on free ports of the loopback address.
 */
@NullMarked
package io.holdfast.testkit.junit;

import org.jspecify.annotations.NullMarked;
