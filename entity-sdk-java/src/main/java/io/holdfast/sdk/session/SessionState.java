// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.session;

import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;

/** What a session can be in. Each message leads to the next state, which may be the same. */
sealed interface SessionState permits AwaitingInit, Live, Spent {

  SessionState receive(EventSourcedStreamIn message);
}
