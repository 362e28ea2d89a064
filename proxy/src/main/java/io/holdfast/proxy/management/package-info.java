// SPDX-License-Identifier: Apache-2.0
/**
 * The operators' port: pages about this node and its cluster, for people, probes and programs. It
 * is apart from the clients' port, so that it can be kept from clients. It shows; nothing can be
 * changed through it.
 *
 * <p>A part of the proxy that has something to show adds a {@link
 * io.holdfast.proxy.management.Page} to the {@link io.holdfast.proxy.management.ManagementPages} of
 * its proxy; it needs to know nothing of the server that carries them.
 */
@NullMarked
package io.holdfast.proxy.management;

import org.jspecify.annotations.NullMarked;
