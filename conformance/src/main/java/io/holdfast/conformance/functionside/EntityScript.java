// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.holdfast.conformance.model.Request;
import io.holdfast.conformance.model.Response;
import io.holdfast.conformance.wire.Actions;
import io.holdfast.conformance.wire.Address;
import io.holdfast.conformance.wire.Answer;
import io.holdfast.conformance.wire.Arrivals;
import io.holdfast.conformance.wire.Call;
import io.holdfast.conformance.wire.Kind;
import io.holdfast.conformance.wire.Models;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One entity, played from its client to its function: knows what was stored of it, and so what the
 * function must be sent when it comes back.
 */
public final class EntityScript<I extends Message, O extends Message> {

  private final Stage stage;
  private final Kind<I, O> kind;
  private final MethodDescriptor<Request, Response> method;
  private final Address address;
  private final List<String> stored;

  public EntityScript(Stage stage, Kind<I, O> kind, MethodDescriptor<Request, Response> method) {
    this(stage, kind, method, Stage.newId(), List.of());
  }

  private EntityScript(
      Stage stage,
      Kind<I, O> kind,
      MethodDescriptor<Request, Response> method,
      String id,
      List<String> stored) {
    this.stage = stage;
    this.kind = kind;
    this.method = method;
    this.address = new Address(Models.service(method), id);
    this.stored = new ArrayList<>(stored);
  }

  /** The same entity as another service serves it. */
  public EntityScript<I, O> renamed(MethodDescriptor<Request, Response> other) {
    return new EntityScript<>(stage, kind, other, id(), stored);
  }

  public Address address() {
    return address;
  }

  public String id() {
    return address.id();
  }

  /** What the client sends. */
  public Request request() {
    return Models.request(id());
  }

  public Call<Request, Response> ask() {
    return Call.unary(stage.clients(), method, request());
  }

  /** Waits for the next stream of the entity and expects of it all that is stored. */
  public ScriptedStream<I, O> recovered() {
    var stream = stage.function().stream(kind, address);
    expectRecovery(stream);
    return stream;
  }

  private void expectRecovery(ScriptedStream<I, O> stream) {
    for (I expected : kind.recovery(address, stored)) {
      assertThat(kind.sorted(stream.next())).isEqualTo(expected);
    }
  }

  /** Waits for the command as the client sent it. */
  public void expectCommand(ScriptedStream<I, O> stream, long commandId) {
    stream.expect(kind.command(Models.command(commandId, method, id(), request())));
  }

  public void reply(ScriptedStream<I, O> stream, long commandId, String text) {
    stream.send(kind.reply(Answer.to(commandId, Actions.reply(text))));
  }

  /** What the function says to have that appended, and to reply what the state is then. */
  public O appending(long commandId, String text) {
    String before = String.join("", stored);
    return kind.reply(
        Answer.to(commandId, Actions.reply(before + text)).after(before).appending(text));
  }

  /** Has a command append that, and waits for its reply. */
  public void append(ScriptedStream<I, O> stream, long commandId, String text) {
    var call = ask();
    expectCommand(stream, commandId);
    stream.send(appending(commandId, text));
    call.reply();
    stored.add(text);
  }

  /** Begins the entity's life with one thing appended. */
  public ScriptedStream<I, O> begun() {
    var call = ask();
    var stream = recovered();
    expectCommand(stream, 1);
    stream.send(appending(1, "a"));
    call.reply();
    stored.add("a");
    return stream;
  }

  /** That was stored by a command which the test wrote itself. */
  public void stored(String text) {
    stored.add(text);
  }

  /** Has the function end the stream by way of a command that fails, nothing being wrong. */
  public void startOver(ScriptedStream<I, O> stream, long commandId) {
    var call = ask();
    expectCommand(stream, commandId);
    stream.send(kind.failure(Actions.failure(commandId, "start over")));
    FunctionSideSuite.expectFailure(call, Status.Code.UNKNOWN, "start over");
  }

  /** Expects that nothing was lost and nothing came in: the next command finds what is stored. */
  public void expectNothingLost() {
    var call = ask();
    var stream = recovered();
    expectCommand(stream, 1);
    reply(stream, 1, "intact");
    if (!call.reply().equals(Models.response("intact"))) {
      throw new AssertionError("another reply than the function's");
    }
    if (stage.function().furtherStreams(address) != 0) {
      throw new AssertionError("more than one stream for " + address);
    }
  }

  /** Asks until a command gets through to a function that has just come up. */
  public void begunOnceReachable() {
    var stream = stage.function().streamLater(kind, address);
    Call<Request, Response> call;
    do {
      call = ask();
      Arrivals.await(CompletableFuture.anyOf(stream, call.ended()), "command at the function");
    } while (!stream.isDone());
    var reached = stream.join();
    expectRecovery(reached);
    expectCommand(reached, 1);
    reply(reached, 1, "");
    call.reply();
  }
}
