// SPDX-License-Identifier: Apache-2.0
/** Functions that are not ours, against our proxy. */
@NullMarked
package io.holdfast.conformance;

import org.jspecify.annotations.NullMarked;
