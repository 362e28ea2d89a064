// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.linecorp.armeria.common.HttpMethod;
import io.holdfast.proxy.frontend.call.ServedMethod;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One way to call a method by HTTP.
 *
 * @param httpMethod {@code null} for any
 * @param body what the request's body holds
 * @param responseField the field of the reply that is the response's body; empty for all of it
 */
record HttpBinding(
    @Nullable HttpMethod httpMethod,
    PathTemplate path,
    ServedMethod method,
    Body body,
    Optional<FieldDescriptor> responseField) {

  /** What a request's body holds. */
  sealed interface Body {

    /** Nothing. Fields come from the query. */
    record None() implements Body {}

    /** The message, but for the fields in the path. Nothing comes from the query. */
    record Whole() implements Body {}

    /** One field of the message. Others come from the query. */
    record Field(FieldDescriptor field) implements Body {}
  }

  /** The binding that every method has: {@code POST /service/method}, the message in the body. */
  static HttpBinding standard(ServedMethod method) {
    var segments =
        List.of(method.method().command().serviceName(), method.method().command().name());
    return new HttpBinding(
        HttpMethod.POST,
        new PathTemplate(segments, List.of(), ""),
        method,
        new Body.Whole(),
        Optional.empty());
  }

  boolean takes(HttpMethod method) {
    return httpMethod == null || httpMethod == method;
  }

  /** The HTTP method, for people. */
  String methodName() {
    return httpMethod == null ? "any method" : httpMethod.name();
  }

  /** The same for bindings that take the same requests. */
  String shape() {
    return methodName() + " /" + path.shape();
  }
}
