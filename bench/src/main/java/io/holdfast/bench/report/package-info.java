// SPDX-License-Identifier: Apache-2.0
/** What was measured, as values, and the three forms in which people and programs read it. */
@NullMarked
package io.holdfast.bench.report;

import org.jspecify.annotations.NullMarked;
