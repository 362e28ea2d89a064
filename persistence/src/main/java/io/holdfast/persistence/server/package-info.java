// SPDX-License-Identifier: Apache-2.0
/**
 * What stores share whose data lives on a server: it is waited for at the start, and watched from
 * then on. Knows neither the server's language nor entities.
 */
@NullMarked
package io.holdfast.persistence.server;

import org.jspecify.annotations.NullMarked;
