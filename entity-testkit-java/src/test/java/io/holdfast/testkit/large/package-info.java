// SPDX-License-Identifier: Apache-2.0
/** States as large as may be stored, in a function before a real proxy. */
@NullMarked
package io.holdfast.testkit.large;

import org.jspecify.annotations.NullMarked;
