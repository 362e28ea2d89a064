// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.json;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Status;
import io.holdfast.proxy.frontend.call.Calls;
import io.holdfast.proxy.frontend.call.ServedMethod;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every method of one function, over HTTP/JSON. Immutable. */
public final class JsonApi {

  private final RouteTable routes;
  private final boolean anyStreamsOut;
  private final List<String> problems;
  private final RequestMapper mapper;
  private final MessagePrinter printer;

  /**
   * @param files where the types are that an {@code Any} may hold
   */
  public JsonApi(Collection<ServedMethod> methods, Collection<FileDescriptor> files) {
    var rules = new HttpRules(methods);
    routes = new RouteTable(rules.bindings());
    anyStreamsOut = methods.stream().anyMatch(ServedMethod::streamsOut);
    problems = List.copyOf(rules.problems());
    var types = new MessageTypes(files);
    mapper = new RequestMapper(new MessageReader(types));
    printer = new MessagePrinter(types);
  }

  /** A sentence for each {@code google.api.http} rule that is left out, since it makes no sense. */
  public List<String> problems() {
    return problems;
  }

  /** Whether a request for this is answered by a stream. */
  public boolean streamsOut(HttpMethod httpMethod, RawTarget target) {
    return anyStreamsOut
        && routes
            .find(httpMethod, target.path())
            .map(match -> match.binding().method().streamsOut())
            .orElse(false);
  }

  /** Carries the request out, or says why not. */
  public HttpResponse serve(
      ServiceRequestContext context, HttpRequest request, Calls calls, int bodyBytesMax) {
    RawTarget target = RawTarget.of(context.rawPath());
    if (!target.isText()) {
      return HttpErrors.of(
              request.headers(),
              Status.Code.INVALID_ARGUMENT,
              "path and query must be percent-encoded UTF-8")
          .toHttpResponse();
    }
    Optional<RouteTable.Match> match = routes.find(request.method(), target.path());
    if (match.isEmpty()) {
      return noMatch(request.headers(), target.path()).toHttpResponse();
    }
    HttpBinding binding = match.get().binding();
    if (!takes(binding, request.headers())) {
      return HttpErrors.of(
              request.headers(),
              HttpStatus.UNSUPPORTED_MEDIA_TYPE,
              Status.Code.INVALID_ARGUMENT,
              "the body must be JSON: content-type application/json, and no content-encoding")
          .toHttpResponse();
    }
    var codec =
        new JsonCodec(
            match.get(), target.query(), request.headers(), mapper, printer, bodyBytesMax);
    return calls.start(context, request, binding.method(), codec);
  }

  private AggregatedHttpResponse noMatch(RequestHeaders request, String path) {
    Set<String> allowed = routes.methodsAt(path);
    if (allowed.isEmpty()) {
      return HttpErrors.of(request, Status.Code.NOT_FOUND, "there is nothing at " + path);
    }
    String list = String.join(", ", allowed);
    AggregatedHttpResponse error =
        HttpErrors.of(
            request,
            HttpStatus.METHOD_NOT_ALLOWED,
            Status.Code.UNIMPLEMENTED,
            path + " takes " + list + " only");
    return AggregatedHttpResponse.of(
        error.headers().toBuilder().set(HttpHeaderNames.ALLOW, list).build(), error.content());
  }

  private static boolean takes(HttpBinding binding, RequestHeaders request) {
    @Nullable String encoding = request.get(HttpHeaderNames.CONTENT_ENCODING);
    if (encoding != null && !encoding.equals("identity")) {
      return false;
    }
    @Nullable MediaType type = request.contentType();
    return type == null
        ? !request.contains(HttpHeaderNames.CONTENT_TYPE)
        : type.isJson() || isUnsaid(type) || takesAnything(binding) || isLines(binding, type);
  }

  // What clients send that were not told what the body is, curl's -d among them. It is read as
  // JSON.
  private static boolean isUnsaid(MediaType type) {
    return type.is(MediaType.FORM_DATA) || type.is(MediaType.PLAIN_TEXT);
  }

  private static boolean isLines(HttpBinding binding, MediaType type) {
    return binding.method().streamsIn()
        && (type.subtype().equals("x-ndjson") || type.subtype().equals("jsonl"));
  }

  private static boolean takesAnything(HttpBinding binding) {
    var input = binding.method().method().descriptor().getInputType();
    return binding.body() instanceof HttpBinding.Body.Whole
        ? MessageTypes.isHttpBody(input)
        : binding.body() instanceof HttpBinding.Body.Field body
            && RequestMapper.isHttpBody(body.field());
  }
}
