// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.wire;

import com.google.protobuf.Empty;
import io.grpc.MethodDescriptor;
import io.holdfast.conformance.model.Appended;
import io.holdfast.conformance.model.CrdtModelGrpc;
import io.holdfast.conformance.model.CrdtSecondGrpc;
import io.holdfast.conformance.model.Request;
import io.holdfast.conformance.model.Response;
import io.holdfast.protocol.Command;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.crdt.CrdtDelete;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.CrdtGrpc;
import io.holdfast.protocol.crdt.CrdtInit;
import io.holdfast.protocol.crdt.CrdtReply;
import io.holdfast.protocol.crdt.CrdtStateAction;
import io.holdfast.protocol.crdt.CrdtStreamIn;
import io.holdfast.protocol.crdt.CrdtStreamOut;
import io.holdfast.protocol.crdt.GSetDelta;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** CRDT entities: the set of all that was appended. */
public enum CrdtKind implements Kind<CrdtStreamIn, CrdtStreamOut> {
  CRDT;

  @Override
  public String entityType() {
    return "cloudstate.crdt.Crdt";
  }

  @Override
  public MethodDescriptor<CrdtStreamIn, CrdtStreamOut> handle() {
    return CrdtGrpc.getHandleMethod();
  }

  @Override
  public MethodDescriptor<Request, Response> process() {
    return CrdtModelGrpc.getProcessMethod();
  }

  @Override
  public MethodDescriptor<Request, Empty> touch() {
    return CrdtModelGrpc.getTouchMethod();
  }

  @Override
  public MethodDescriptor<Request, Response> second() {
    return CrdtSecondGrpc.getProcessMethod();
  }

  @Override
  public Optional<Address> address(CrdtStreamIn first) {
    return first.hasInit()
        ? Optional.of(new Address(first.getInit().getServiceName(), first.getInit().getEntityId()))
        : Optional.empty();
  }

  @Override
  public List<CrdtStreamIn> recovery(Address entity, List<String> appended) {
    return List.of(
        appended.isEmpty()
            ? init(entity, null)
            : init(entity, added(appended.toArray(String[]::new))));
  }

  /**
   * The first message.
   *
   * @param state null if there is none
   */
  public CrdtStreamIn init(Address entity, @Nullable CrdtDelta state) {
    var init = CrdtInit.newBuilder().setServiceName(entity.service()).setEntityId(entity.id());
    if (state != null) {
      init.setDelta(state);
    }
    return CrdtStreamIn.newBuilder().setInit(init).build();
  }

  /** The change that appends these. */
  public static CrdtDelta added(String... texts) {
    var set = GSetDelta.newBuilder();
    for (String text : texts) {
      set.addAdded(Anys.of(Appended.newBuilder().setText(text).build()));
    }
    return CrdtDelta.newBuilder().setGset(set).build();
  }

  public CrdtStreamIn delta(CrdtDelta delta) {
    return CrdtStreamIn.newBuilder().setDelta(delta).build();
  }

  @Override
  public CrdtStreamIn sorted(CrdtStreamIn message) {
    if (!message.getInit().getDelta().hasGset()) {
      return message;
    }
    var sorted = message.toBuilder();
    var set = sorted.getInitBuilder().getDeltaBuilder().getGsetBuilder();
    var elements = new ArrayList<>(set.getAddedList());
    elements.sort(Comparator.comparing(element -> element.getValue().toStringUtf8()));
    set.clearAdded().addAllAdded(elements);
    return sorted.build();
  }

  @Override
  public CrdtStreamIn command(Command command) {
    return CrdtStreamIn.newBuilder().setCommand(command).build();
  }

  @Override
  public CrdtStreamIn empty() {
    return CrdtStreamIn.getDefaultInstance();
  }

  @Override
  public CrdtStreamOut reply(Answer answer) {
    return answer.appended().isEmpty()
        ? message(replyOf(answer))
        : replyWith(answer, added(answer.appended().toArray(String[]::new)));
  }

  /** A reply that changes the state by that. */
  public CrdtStreamOut replyWith(Answer answer, CrdtDelta change) {
    return replyWith(answer, CrdtStateAction.newBuilder().setUpdate(change).build());
  }

  public CrdtStreamOut replyWith(Answer answer, CrdtStateAction action) {
    return message(replyOf(answer).setStateAction(action));
  }

  /** A reply that deletes the entity for good. */
  public CrdtStreamOut replyWithDelete(Answer answer) {
    return replyWith(
        answer, CrdtStateAction.newBuilder().setDelete(CrdtDelete.getDefaultInstance()).build());
  }

  /** A reply after which the client's stream stays open. */
  public CrdtStreamOut streamed(Answer answer) {
    return message(replyOf(answer).setStreamed(true));
  }

  private static CrdtReply.Builder replyOf(Answer answer) {
    var reply =
        CrdtReply.newBuilder().setCommandId(answer.commandId()).addAllSideEffects(answer.effects());
    if (answer.action() != null) {
      reply.setClientAction(answer.action());
    }
    return reply;
  }

  private static CrdtStreamOut message(CrdtReply.Builder reply) {
    return CrdtStreamOut.newBuilder().setReply(reply).build();
  }

  @Override
  public CrdtStreamOut failure(Failure failure) {
    return CrdtStreamOut.newBuilder().setFailure(failure).build();
  }

  @Override
  public @Nullable Failure failureOf(CrdtStreamOut message) {
    if (message.hasFailure()) {
      return message.getFailure();
    }
    var action = message.getReply().getClientAction();
    return action.hasFailure() ? action.getFailure() : null;
  }

  @Override
  public boolean changes(CrdtStreamOut message) {
    return message.getReply().hasStateAction();
  }

  @Override
  public boolean hasEffects(CrdtStreamOut message) {
    return message.getReply().getSideEffectsCount() > 0;
  }
}
