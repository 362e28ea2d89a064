// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.holdfast.testkit.junit;

import org.jspecify.annotations.NullMarked;
