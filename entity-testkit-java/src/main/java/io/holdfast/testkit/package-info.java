// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of one entity without a server: a command against a state or a history, and what came of
 * it. {@link io.holdfast.testkit.EntityTest} is where to begin, for actions {@link
 * io.holdfast.testkit.ActionTest}. No test framework is needed; failures are {@link
 * AssertionError}s.
 */
@NullMarked
package io.holdfast.testkit;

import org.jspecify.annotations.NullMarked;
