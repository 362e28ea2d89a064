// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.json;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import io.holdfast.protocol.Metadata;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome.Replied;
import io.holdfast.proxy.frontend.call.Chunk;
import io.holdfast.proxy.frontend.call.PayloadReader;
import io.holdfast.proxy.frontend.call.StreamCodec;
import io.holdfast.proxy.frontend.call.UnwritableReplyException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one call over HTTP/JSON: a line for each message, or server-sent events for a
 * client that accepts those. An error after the first reply is a last line {@code {"error":{…}}},
 * with a {@code google.rpc.Status}, or an event named {@code error}. A stream of {@code
 * google.api.HttpBody} is one body, of the first one's content type.
 */
final class JsonStreamCodec implements StreamCodec {

  private static final String LINES = "application/x-ndjson";
  private static final String EVENTS = "text/event-stream";

  private final JsonCodec messages;
  private final int lineBytesMax;
  private final boolean raw;
  private final boolean events;

  JsonStreamCodec(JsonCodec messages, RequestHeaders request, int lineBytesMax) {
    this.messages = messages;
    this.lineBytesMax = lineBytesMax;
    this.raw = messages.raw();
    this.events = request.get(HttpHeaderNames.ACCEPT, "").contains(EVENTS);
  }

  @Override
  public PayloadReader requests() {
    return new LineReader(messages::message, lineBytesMax);
  }

  @Override
  public ResponseHeaders opening(@Nullable Replied first) {
    Metadata metadata = first == null ? Metadata.getDefaultInstance() : first.metadata();
    return JsonCodec.headers(contentType(first), metadata).toBuilder()
        .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
        .build();
  }

  private String contentType(@Nullable Replied first) {
    if (raw && first != null) {
      try {
        return messages.content(first).type();
      } catch (UnwritableReplyException e) {
        // Said again, to the client, when the reply itself is written.
        return LINES;
      }
    }
    return events ? EVENTS : LINES;
  }

  @Override
  public void write(Replied reply, Chunk chunk) throws UnwritableReplyException {
    HttpData content = messages.content(reply).data();
    if (raw) {
      chunk.writeBytes(content.array());
    } else {
      append(content.array(), "", chunk);
    }
  }

  private void append(byte[] json, String event, Chunk chunk) {
    if (events) {
      chunk.writeBytes((event + "data: ").getBytes(StandardCharsets.US_ASCII));
    }
    chunk.writeBytes(json);
    chunk.writeBytes((events ? "\n\n" : "\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public End end(@Nullable Failure failure) {
    if (failure == null || raw) {
      return new End(HttpData.empty(), HttpHeaders.of(), failure != null);
    }
    String status = HttpErrors.status(failure.status(), failure.detail());
    String json = events ? status : "{\"error\":" + status + "}";
    var chunk = new Chunk(json.length() + 32);
    append(json.getBytes(StandardCharsets.UTF_8), "event: error\n", chunk);
    return End.of(chunk.data(), HttpHeaders.of());
  }
}
