// SPDX-License-Identifier: Apache-2.0
/** Settings: what is declared, what is read and what is documented are the same. */
@NullMarked
package io.holdfast.proxy.configuration;

import org.jspecify.annotations.NullMarked;
