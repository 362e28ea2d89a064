// SPDX-License-Identifier: Apache-2.0
/**
 * How states and events become the bytes that are stored, and back. Equal values give equal bytes,
 * and a name once stored is understood for ever. Not for entity developers.
 */
@NullMarked
package io.holdfast.sdk.stored;

import org.jspecify.annotations.NullMarked;
