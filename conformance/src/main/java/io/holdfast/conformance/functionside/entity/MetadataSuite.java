// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside.entity;

import static io.holdfast.conformance.wire.Models.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.holdfast.conformance.functionside.EntityScript;
import io.holdfast.conformance.functionside.FunctionSideSuite;
import io.holdfast.conformance.functionside.Headers;
import io.holdfast.conformance.wire.Actions;
import io.holdfast.conformance.wire.Answer;
import io.holdfast.conformance.wire.Kind;
import io.holdfast.conformance.wire.Models;
import io.holdfast.protocol.Metadata;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Headers of clients on their way to entities of any kind, and headers of replies. */
public abstract class MetadataSuite<I extends Message, O extends Message>
    extends FunctionSideSuite {

  private static final ByteString BYTES = ByteString.copyFrom(new byte[] {0, -1, 10, 13});

  protected abstract Kind<I, O> kind();

  private EntityScript<I, O> entity() {
    return new EntityScript<>(stage(), kind(), kind().process());
  }

  @Test
  void a_clients_own_headers_go_to_the_function_as_text_and_bytes() {
    var entity = entity();
    var headers = new io.grpc.Metadata();
    headers.put(Headers.text("x-color"), "red");
    headers.put(Headers.text("x-color"), "blue");
    headers.put(Headers.binary("x-trace-bin"), BYTES.toByteArray());
    var call = ask(kind().process(), entity.request(), headers);
    var stream = entity.recovered();
    stream.expect(
        kind()
            .command(
                Models.command(1, kind().process(), entity.id(), entity.request()).toBuilder()
                    .setMetadata(
                        Metadata.newBuilder()
                            .addEntries(Headers.entry("x-color", "red"))
                            .addEntries(Headers.entry("x-color", "blue"))
                            .addEntries(Headers.entry("x-trace-bin", BYTES)))
                    .build()));
    entity.reply(stream, 1, "");
    call.reply();
  }

  @Test
  void metadata_is_unset_when_only_the_transports_headers_are_left() {
    var entity = entity();
    var headers = new io.grpc.Metadata();
    headers.put(Headers.text("accept-language"), "tlh");
    headers.put(Headers.text("accept-encoding"), "zip");
    headers.put(Headers.text("grpc-timeout"), TimeUnit.SECONDS.toMillis(10) + "m");
    headers.put(Headers.text("grpc-anything"), "else");
    var call = ask(kind().process(), entity.request(), headers);
    var stream = entity.recovered();
    // Compared whole: no metadata, not even an empty one.
    entity.expectCommand(stream, 1);
    entity.reply(stream, 1, "");
    call.reply();
  }

  @Test
  void a_replys_metadata_goes_out_as_response_headers() {
    var entity = entity();
    var call = entity.ask();
    var stream = entity.recovered();
    entity.expectCommand(stream, 1);
    var metadata =
        Metadata.newBuilder()
            .addEntries(Headers.entry("x-color", "red"))
            .addEntries(Headers.entry("x-color", "blue"))
            .addEntries(Headers.entry("x-trace-bin", BYTES));
    stream.send(kind().reply(Answer.to(1, Actions.reply("done", metadata.build()))));
    assertThat(call.reply()).isEqualTo(response("done"));
    assertThat(call.headers().getAll(Headers.text("x-color"))).containsExactly("red", "blue");
    assertThat(call.headers().get(Headers.binary("x-trace-bin"))).isEqualTo(BYTES.toByteArray());
  }
}
