// SPDX-License-Identifier: Apache-2.0
/** How values read in sentences for people: logs, errors, pages. */
@NullMarked
package io.holdfast.proxy.text;

import org.jspecify.annotations.NullMarked;
