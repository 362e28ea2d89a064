// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.json;

import com.google.api.HttpBody;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.holdfast.protocol.Metadata;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome.Replied;
import io.holdfast.proxy.frontend.call.CallCodec;
import io.holdfast.proxy.frontend.call.HeaderMetadata;
import io.holdfast.proxy.frontend.call.RefusedCallException;
import io.holdfast.proxy.frontend.call.StreamCodec;
import io.holdfast.proxy.frontend.call.UnwritableReplyException;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call over HTTP/JSON. */
final class JsonCodec implements CallCodec {

  private static final Logger log = LoggerFactory.getLogger(JsonCodec.class);
  // Without a charset: JSON has only one.
  private static final String JSON = "application/json";

  private final RouteTable.Match match;
  private final String query;
  private final RequestHeaders request;
  private final RequestMapper mapper;
  private final MessagePrinter printer;
  private final int bodyBytesMax;

  JsonCodec(
      RouteTable.Match match,
      String query,
      RequestHeaders request,
      RequestMapper mapper,
      MessagePrinter printer,
      int bodyBytesMax) {
    this.match = match;
    this.query = query;
    this.request = request;
    this.mapper = mapper;
    this.printer = printer;
    this.bodyBytesMax = bodyBytesMax;
  }

  @Override
  public ByteString payload(AggregatedHttpRequest aggregated) throws RefusedCallException {
    byte[] content = aggregated.content().array();
    if (content.length > bodyBytesMax) {
      throw ContentTooLargeException.builder()
          .maxContentLength(bodyBytesMax)
          .contentLength(content.length)
          .build();
    }
    return message(content);
  }

  /** The message in a body, or in a line of one. */
  ByteString message(byte[] content) throws RefusedCallException {
    return mapper
        .map(match, query, request.get(HttpHeaderNames.CONTENT_TYPE), content)
        .toByteString();
  }

  @Override
  public AggregatedHttpResponse replied(Replied replied) {
    try {
      Content content = content(replied);
      return AggregatedHttpResponse.of(headers(content.type(), replied.metadata()), content.data());
    } catch (UnwritableReplyException e) {
      return failed(e.failure());
    }
  }

  @Override
  public AggregatedHttpResponse failed(Failure failure) {
    return HttpErrors.of(request, failure.status(), failure.detail());
  }

  @Override
  public StreamCodec stream(RequestHeaders headers) {
    return new JsonStreamCodec(this, headers, bodyBytesMax);
  }

  /** A reply as it is shown. */
  record Content(String type, HttpData data) {}

  Content content(Replied replied) throws UnwritableReplyException {
    HttpBinding binding = match.binding();
    try {
      Message reply =
          DynamicMessage.parseFrom(
              binding.method().method().descriptor().getOutputType(), replied.payload());
      Optional<FieldDescriptor> field = binding.responseField();
      if (field.isEmpty()) {
        return MessageTypes.isHttpBody(reply.getDescriptorForType())
            ? raw(reply)
            : json(printer.print(reply));
      }
      return RequestMapper.isHttpBody(field.get())
          ? raw((Message) reply.getField(field.get()))
          : json(printer.printField(reply, field.get()));
    } catch (IOException e) {
      String name = binding.method().method().command().fullName();
      log.warn("the reply to {} cannot be shown as JSON: {}", name, e.getMessage());
      throw new UnwritableReplyException("the reply to " + name + " cannot be shown as JSON");
    }
  }

  private static Content json(String text) {
    return new Content(JSON, HttpData.ofUtf8(text));
  }

  private static Content raw(Message body) {
    var fields = body.getDescriptorForType();
    String contentType =
        (String) body.getField(fields.findFieldByNumber(HttpBody.CONTENT_TYPE_FIELD_NUMBER));
    ByteString data =
        (ByteString) body.getField(fields.findFieldByNumber(HttpBody.DATA_FIELD_NUMBER));
    return new Content(
        contentType.isEmpty() ? "application/octet-stream" : contentType,
        HttpData.wrap(data.toByteArray()));
  }

  /** Whether replies are shown as they are, and not as JSON. */
  boolean raw() {
    HttpBinding binding = match.binding();
    return binding
        .responseField()
        .map(RequestMapper::isHttpBody)
        .orElseGet(
            () -> MessageTypes.isHttpBody(binding.method().method().descriptor().getOutputType()));
  }

  static ResponseHeaders headers(String contentType, Metadata metadata) {
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(HttpStatus.OK).set(HttpHeaderNames.CONTENT_TYPE, contentType);
    HeaderMetadata.write(metadata, headers);
    return headers.build();
  }
}
