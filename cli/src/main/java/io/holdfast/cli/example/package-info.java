// SPDX-License-Identifier: Apache-2.0
/**
 * What a user can try, made from what the proxy says that it serves. Needs no knowledge of the
 * function, and never fails for something that it does not understand: it shows less then.
 */
@NullMarked
package io.holdfast.cli.example;

import org.jspecify.annotations.NullMarked;
