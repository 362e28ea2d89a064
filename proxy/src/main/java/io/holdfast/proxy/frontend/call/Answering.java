// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.call;

import com.linecorp.armeria.common.HttpResponse;
import io.holdfast.proxy.command.Failure;

/** How a call is answered, be it once or by a stream. */
interface Answering {

  /** The response to be, which must be handed to the server. Called once. */
  HttpResponse response();

  /** Ends a call whose request cannot become a command. */
  void fail(Failure failure);

  /** Ends a call that brought no request, or met a bug. */
  void fail(Throwable cause);
}
