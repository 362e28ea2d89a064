// SPDX-License-Identifier: Apache-2.0
/**
 * What a proxy must do with services, whatever is behind them: how it discovers them and serves
 * them to clients, and those that have no entities, actions.
 */
@NullMarked
package io.holdfast.conformance.functionside.service;

import org.jspecify.annotations.NullMarked;
