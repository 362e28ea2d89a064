// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.passthrough;

import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.holdfast.bench.stream.Answer;
import io.holdfast.bench.stream.EntityStream;
import io.holdfast.bench.v1.Increase;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Takes clients' calls and gives each to the stream of its entity. */
final class Frontend implements ServerCallHandler<byte[], byte[]> {

  /** Entities that may be live at once. Calls to more are refused. */
  static final int ENTITIES_MAX = 100_000;

  private static final KeyField KEY = new KeyField(Increase.COUNTER_ID_FIELD_NUMBER);

  private final Channel function;
  private final Map<String, EntityStream> entities = new ConcurrentHashMap<>();

  Frontend(Channel function) {
    this.function = function;
  }

  @Override
  public ServerCall.Listener<byte[]> startCall(ServerCall<byte[], byte[]> call, Metadata headers) {
    call.request(2);
    return new ClientsCall(call);
  }

  private @Nullable EntityStream entity(String id) {
    EntityStream entity = entities.get(id);
    if (entity == null && entities.size() < ENTITIES_MAX) {
      entity = entities.computeIfAbsent(id, absent -> new EntityStream(function, absent));
    }
    return entity;
  }

  private final class ClientsCall extends ServerCall.Listener<byte[]> implements Answer {
    private final ServerCall<byte[], byte[]> call;
    private byte @Nullable [] request;

    ClientsCall(ServerCall<byte[], byte[]> call) {
      this.call = call;
    }

    @Override
    public void onMessage(byte[] message) {
      request = message;
    }

    @Override
    public void onHalfClose() {
      byte[] payload = request;
      if (payload == null) {
        failed(Status.INVALID_ARGUMENT.withDescription("call without a message"));
        return;
      }
      try {
        EntityStream entity = entity(KEY.read(payload));
        if (entity == null) {
          failed(Status.RESOURCE_EXHAUSTED.withDescription("too many entities are live"));
        } else {
          entity.ask(payload, this);
        }
      } catch (IOException e) {
        failed(Status.INVALID_ARGUMENT.withDescription("unreadable message").withCause(e));
      }
    }

    @Override
    public void replied(byte[] payload) {
      call.sendHeaders(new Metadata());
      call.sendMessage(payload);
      call.close(Status.OK, new Metadata());
    }

    @Override
    public void failed(Status status) {
      call.close(status, new Metadata());
    }
  }
}
