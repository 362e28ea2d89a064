// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import io.grpc.Status;
import io.holdfast.crdt.ReplicatedState;
import io.holdfast.crdt.wire.FunctionView;
import io.holdfast.crdt.wire.InvalidDeltaException;
import io.holdfast.crdt.wire.Mutation;
import io.holdfast.crdt.wire.News;
import io.holdfast.protocol.Command;
import io.holdfast.protocol.StreamCancelled;
import io.holdfast.protocol.crdt.CrdtDelete;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.CrdtGrpc;
import io.holdfast.protocol.crdt.CrdtInit;
import io.holdfast.protocol.crdt.CrdtStreamIn;
import io.holdfast.protocol.crdt.CrdtStreamOut;
import io.holdfast.proxy.entity.actor.FunctionStream;
import io.holdfast.proxy.entity.crdt.CrdtMessage.Lost;
import io.holdfast.proxy.entity.crdt.CrdtMessage.Said;
import org.jspecify.annotations.Nullable;

/**
 * What is said to the function on one stream, and so what it knows. What the function says reaches
 * the session as messages.
 */
final class Conversation implements FunctionStream.Listener<CrdtStreamOut> {

  // Of what init holds besides the state: the service's name and the entity's id.
  private static final int BESIDES = 16 * 1024;

  private final CrdtSession session;
  private final long number;
  private final FunctionStream<CrdtStreamIn, CrdtStreamOut> stream;
  private final long bytesMax;
  private final SizeLimit size;
  private FunctionView view;

  /** Opens it, and tells the function the state. */
  Conversation(CrdtSession session, long number, ReplicatedState replica) {
    this.session = session;
    this.number = number;
    this.view = FunctionView.of(replica, session.voters());
    this.stream =
        FunctionStream.open(
            session.common().function().channel(), CrdtGrpc.getHandleMethod(), Runnable::run, this);
    var init =
        CrdtInit.newBuilder()
            .setServiceName(session.common().serviceName().get())
            .setEntityId(session.entity().shown());
    view.everything().ifPresent(init::setDelta);
    this.bytesMax =
        Math.min(
            session.common().settings().stateBytesMax(),
            session.common().function().messageBytesMax() - BESIDES);
    this.size = new SizeLimit(bytesMax, init.getDelta().getSerializedSize());
    send(CrdtStreamIn.newBuilder().setInit(init));
  }

  @Override
  public void onMessage(CrdtStreamOut message) {
    session.host().tell(new Said(number, message));
  }

  @Override
  public void onClose(Status status) {
    session.host().tell(new Lost(number, status));
  }

  private void send(CrdtStreamIn.Builder message) {
    stream.send(message.build());
  }

  /** Asks it to carry out a command. */
  void ask(Command command) {
    send(CrdtStreamIn.newBuilder().setCommand(command));
  }

  /** A client that is streamed to has gone. */
  void cancelStream(long id) {
    send(
        CrdtStreamIn.newBuilder()
            .setStreamCancelled(
                StreamCancelled.newBuilder().setEntityId(session.entity().shown()).setId(id)));
  }

  /**
   * What a change means that the function has made.
   *
   * @throws InvalidDeltaException when it must not make that one
   * @throws OutgrownException when the state would become too large. The function believes that it
   *     is changed, until it is told the news
   */
  ReplicatedState changed(CrdtDelta delta) throws InvalidDeltaException, OutgrownException {
    Mutation mutation = view.mutate(delta, session.common().wallMillis());
    if (!size.allows(delta.getSerializedSize(), () -> bytes(view), () -> bytes(mutation.view()))) {
      view = view.without(mutation);
      throw new OutgrownException(bytesMax);
    }
    view = mutation.view();
    return mutation.change();
  }

  // As the function gets it, which must be able to take it.
  private static long bytes(FunctionView view) {
    return view.everything().map(CrdtDelta::getSerializedSize).orElse(0);
  }

  /**
   * The function has made a change for nothing. It believes that it counts, until it is told the
   * news.
   */
  void disregard(CrdtDelta delta) throws InvalidDeltaException {
    view = view.without(view.mutate(delta, session.common().wallMillis()));
  }

  /**
   * What the function does not know.
   *
   * @param replica null when it has not changed, though perhaps who votes has
   */
  News news(@Nullable ReplicatedState replica) {
    return view.news(replica == null ? view.state() : replica, session.voters());
  }

  /** The function knows everything. */
  void know(News.None none) {
    view = none.view();
  }

  void tell(News.Changed changed) {
    send(CrdtStreamIn.newBuilder().setDelta(changed.delta()));
    size.changed(changed.delta().getSerializedSize());
    view = changed.view();
  }

  void tellDeleted() {
    send(CrdtStreamIn.newBuilder().setDelete(CrdtDelete.getDefaultInstance()));
  }

  /** Nothing more will be said. The function may end its side at leisure. */
  void halfClose() {
    var system = session.host().system();
    stream.halfClose(
        session.common().session().closeTimeout(), system.scheduler(), system.dispatcher());
  }

  void cancel(String reason) {
    stream.cancel(reason);
  }
}
