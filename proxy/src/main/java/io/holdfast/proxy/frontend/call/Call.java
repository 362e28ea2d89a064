// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.call;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregationOptions;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Deadline;
import io.holdfast.protocol.Metadata;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.EntityId;
import java.util.concurrent.CompletableFuture;

/** What a client asks for: all that its headers say, and how to read the rest. */
record Call(
    ServiceRequestContext context,
    HttpRequest request,
    ServedMethod method,
    CallCodec codec,
    Metadata metadata,
    Deadline deadline) {

  /** Completes, on the event loop, when the client has sent all of a request without a stream. */
  CompletableFuture<AggregatedHttpRequest> whole() {
    return request.aggregate(
        AggregationOptions.builder()
            .executor(context.eventLoop().withoutContext())
            .cacheResult(false)
            .build());
  }

  /**
   * The command in a request without a stream.
   *
   * @throws RefusedCallException when there is none
   */
  Command command(AggregatedHttpRequest whole) throws RefusedCallException {
    ByteString payload = codec.payload(whole);
    return command(key(payload), payload);
  }

  /** The command that opens a stream of requests: actions only have those, and no keys. */
  Command opening() {
    return command("", ByteString.EMPTY);
  }

  private Command command(String key, ByteString payload) {
    return new Command(
        new EntityId(method.entityType(), key),
        method.method().command(),
        payload,
        metadata,
        deadline);
  }

  private String key(ByteString payload) throws RefusedCallException {
    String key;
    try {
      key = method.method().key().read(payload);
    } catch (InvalidProtocolBufferException e) {
      throw RefusedCallException.invalid(
          "the payload is no " + method.method().command().inputType() + ": " + e.getMessage());
    }
    if (key.isEmpty() && method.keyed()) {
      throw RefusedCallException.invalid(
          "the entity key of " + method.method().command().inputType() + " is empty");
    }
    return key;
  }
}
