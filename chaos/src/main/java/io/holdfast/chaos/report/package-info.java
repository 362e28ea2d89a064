// SPDX-License-Identifier: Apache-2.0
/** What a run came to, for people and for programs. */
@NullMarked
package io.holdfast.chaos.report;

import org.jspecify.annotations.NullMarked;
