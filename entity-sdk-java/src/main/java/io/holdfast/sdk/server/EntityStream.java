// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import io.holdfast.sdk.Mode;
import io.holdfast.sdk.definition.EntityDefinition;
import io.holdfast.sdk.session.EntitySession;
import io.holdfast.sdk.session.ToProxy;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One entity's stream. gRPC calls it one message at a time, in order, on a handler thread: the
 * handler runs there too, so that a command changes threads once on its way in and once on its way
 * out.
 */
final class EntityStream extends ServerCall.Listener<EventSourcedStreamIn> implements ToProxy {

  /** So many messages may lie here unread: enough to replay without waiting for the proxy. */
  private static final int AHEAD = 16;

  private final ServerCall<EventSourcedStreamIn, EventSourcedStreamOut> call;
  private final EntitySession session;
  private final Consumer<EntityStream> onEnd;
  private final Gate gate = new Gate();
  private boolean headersSent;

  EntityStream(
      Map<String, EntityDefinition<?, ?, ?>> definitions,
      Mode mode,
      ServerCall<EventSourcedStreamIn, EventSourcedStreamOut> call,
      Consumer<EntityStream> onEnd) {
    this.call = call;
    this.onEnd = onEnd;
    this.session = new EntitySession(definitions, mode, this);
    call.request(AHEAD);
  }

  @Override
  public void onMessage(EventSourcedStreamIn message) {
    if (!gate.enter()) {
      return;
    }
    session.receive(message);
    if (gate.leave()) {
      call.request(1);
    } else {
      closeForShutdown();
    }
  }

  @Override
  public void onHalfClose() {
    if (gate.shut()) {
      close(Status.OK);
    }
  }

  @Override
  public void onCancel() {
    onEnd.accept(this);
  }

  @Override
  public void onComplete() {
    onEnd.accept(this);
  }

  @Override
  public void send(EventSourcedStreamOut message) {
    if (!headersSent) {
      headersSent = true;
      call.sendHeaders(new Metadata());
    }
    call.sendMessage(message);
  }

  @Override
  public void end() {
    gate.close();
    close(Status.OK);
  }

  /** Closes as soon as no command is being carried out. */
  void drain() {
    if (gate.shut()) {
      closeForShutdown();
    }
  }

  private void closeForShutdown() {
    close(Status.UNAVAILABLE.withDescription("the function is shutting down"));
  }

  private void close(Status status) {
    call.close(status, new Metadata());
  }
}
