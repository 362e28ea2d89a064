// SPDX-License-Identifier: Apache-2.0
/** An entity whose events have components of every kind, behind a real proxy. */
@NullMarked
package io.holdfast.testkit.booking;

import org.jspecify.annotations.NullMarked;
