// SPDX-License-Identifier: Apache-2.0
/** The code in docs/sdk.md. */
@NullMarked
package io.holdfast.testkit.guide;

import org.jspecify.annotations.NullMarked;
