// SPDX-License-Identifier: Apache-2.0
/**
 * The connection to the function: waits for it, asks it once what it serves, notices when it goes,
 * and carries the streams of entities. Which streams there are is not this package's business.
 */
@NullMarked
package io.holdfast.proxy.function;

import org.jspecify.annotations.NullMarked;
