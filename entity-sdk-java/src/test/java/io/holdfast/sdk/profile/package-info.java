// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.holdfast.sdk.profile;

import org.jspecify.annotations.NullMarked;
