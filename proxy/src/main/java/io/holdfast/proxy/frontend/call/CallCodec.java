// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.call;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome.Replied;

/** How one protocol writes commands and their outcomes. Called on the connection's event loop. */
public interface CallCodec {

  /**
   * The command's payload: a message of the method's input type, not necessarily well-formed.
   *
   * @throws RefusedCallException when the request holds none
   */
  ByteString payload(AggregatedHttpRequest request) throws RefusedCallException;

  AggregatedHttpResponse replied(Replied replied);

  AggregatedHttpResponse failed(Failure failure);

  /** The same for one call of which either side is a stream. */
  StreamCodec stream(RequestHeaders request);
}
