// SPDX-License-Identifier: Apache-2.0
/** Value entities: the function gets the newest value and asks for it to be replaced or deleted. */
@NullMarked
package io.holdfast.proxy.entity.value;

import org.jspecify.annotations.NullMarked;
