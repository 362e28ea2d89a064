// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import io.grpc.Status;
import io.holdfast.crdt.ReplicatedState;
import io.holdfast.crdt.wire.FunctionView;
import io.holdfast.crdt.wire.InvalidDeltaException;
import io.holdfast.crdt.wire.Mutation;
import io.holdfast.crdt.wire.News;
import io.holdfast.protocol.StreamCancelled;
import io.holdfast.protocol.crdt.CrdtDelete;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.CrdtGrpc;
import io.holdfast.protocol.crdt.CrdtInit;
import io.holdfast.protocol.crdt.CrdtStreamIn;
import io.holdfast.protocol.crdt.CrdtStreamOut;
import io.holdfast.proxy.entity.Commands;
import io.holdfast.proxy.entity.actor.FunctionStream;
import io.holdfast.proxy.entity.crdt.CrdtMessage.Ask;
import io.holdfast.proxy.entity.crdt.CrdtMessage.Lost;
import io.holdfast.proxy.entity.crdt.CrdtMessage.Said;
import org.jspecify.annotations.Nullable;

/**
 * What is said to the function on one stream, and so what it knows. What the function says reaches
 * the session as messages.
 */
final class Conversation implements FunctionStream.Listener<CrdtStreamOut> {

  private final CrdtSession session;
  private final long number;
  private final FunctionStream<CrdtStreamIn, CrdtStreamOut> stream;
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

  void ask(long id, Ask ask, boolean streamed) {
    send(
        CrdtStreamIn.newBuilder()
            .setCommand(Commands.toFunction(session.entity(), id, ask.command(), streamed)));
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
   */
  ReplicatedState changed(CrdtDelta delta) throws InvalidDeltaException {
    Mutation mutation = view.mutate(delta, session.common().wallMillis());
    view = mutation.view();
    return mutation.change();
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
