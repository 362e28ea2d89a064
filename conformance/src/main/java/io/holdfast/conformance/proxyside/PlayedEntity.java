// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.proxyside;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.holdfast.conformance.model.Request;
import io.holdfast.conformance.model.Step;
import io.holdfast.conformance.wire.Address;
import io.holdfast.conformance.wire.Arrivals;
import io.holdfast.conformance.wire.Call;
import io.holdfast.conformance.wire.Kind;
import io.holdfast.conformance.wire.Models;
import io.holdfast.conformance.wire.RawBytes;
import io.holdfast.protocol.Failure;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The proxy's end of one entity's stream, played by a suite.
 *
 * @param <I> what the proxy says
 * @param <O> what the function says
 */
final class PlayedEntity<I extends Message, O extends Message> {

  private static final AtomicInteger IDS = new AtomicInteger();

  private final Kind<I, O> kind;
  private final Address address;
  private final Call<ByteString, O> stream;

  private PlayedEntity(Kind<I, O> kind, Address address, Call<ByteString, O> stream) {
    this.kind = kind;
    this.address = address;
    this.stream = stream;
  }

  /** Opens a stream for an entity of the kind's model, and says nothing on it. */
  static <I extends Message, O extends Message> PlayedEntity<I, O> silent(
      Channel function, Kind<I, O> kind) {
    var address = new Address(Models.service(kind.process()), "played-" + IDS.incrementAndGet());
    return new PlayedEntity<>(kind, address, Call.open(function, RawBytes.requests(kind.handle())));
  }

  /** Opens one of which that is stored already. */
  static <I extends Message, O extends Message> PlayedEntity<I, O> recovered(
      Channel function, Kind<I, O> kind, String... appended) {
    var entity = silent(function, kind);
    entity.send(kind.recovery(entity.address, List.of(appended)));
    return entity;
  }

  Address address() {
    return address;
  }

  void send(I message) {
    sendBytes(message.toByteString());
  }

  void send(List<I> messages) {
    messages.forEach(this::send);
  }

  /** Sends these bytes in place of a message. */
  void sendBytes(ByteString bytes) {
    stream.send(bytes);
  }

  Request request(Step... steps) {
    return Models.request(address.id(), steps);
  }

  /** Sends Process with these steps. */
  void ask(long commandId, Step... steps) {
    ask(commandId, kind.process(), request(steps));
  }

  void ask(long commandId, MethodDescriptor<?, ?> method, Message payload) {
    send(kind.command(Models.command(commandId, method, address.id(), payload)));
  }

  O next() {
    return stream.next();
  }

  void expect(O message) {
    assertThat(stream.next()).isEqualTo(message);
  }

  /** A failure of that command, which stores nothing. */
  Failure expectFailure(long commandId) {
    O message = stream.next();
    Failure failure = kind.failureOf(message);
    assertThat(failure).as(message.toString()).isNotNull();
    assertThat(Objects.requireNonNull(failure).getCommandId()).isEqualTo(commandId);
    assertThat(failure.getDescription()).isNotBlank();
    assertThat(kind.changes(message)).isFalse();
    return failure;
  }

  /**
   * That what was sent is refused: by a failure that says why, or by the end of the stream with an
   * error.
   */
  void expectRefusal() {
    var refused = stream.later();
    var first =
        Arrivals.await(
            CompletableFuture.anyOf(refused, stream.ended()), "answer to what must not be sent");
    if (first instanceof Status status) {
      assertThat(status.isOk()).as(status.toString()).isFalse();
      return;
    }
    O message = refused.join();
    Failure failure = kind.failureOf(message);
    assertThat(failure).as(message.toString()).isNotNull();
    assertThat(Objects.requireNonNull(failure).getDescription()).isNotBlank();
    assertThat(kind.changes(message)).isFalse();
  }

  /** Ends the proxy's side, and expects the function to end its own in peace, saying no more. */
  void passivate() {
    stream.halfClose();
    assertThat(stream.end().isOk()).isTrue();
    assertThat(stream.rest()).isEmpty();
  }

  /** Lets go of it, whatever state it is in. */
  void cancel() {
    stream.cancel();
  }
}
