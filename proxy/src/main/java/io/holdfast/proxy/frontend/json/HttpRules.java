// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.json;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.linecorp.armeria.common.HttpMethod;
import io.holdfast.proxy.frontend.call.ServedMethod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the {@code google.api.http} option of methods. */
final class HttpRules {

  private static final String ANY = "*";

  private final List<HttpBinding> bindings = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /** Reads the rules of all methods. The standard bindings come first: no rule can take them. */
  HttpRules(Collection<ServedMethod> methods) {
    methods.forEach(method -> bindings.add(HttpBinding.standard(method)));
    methods.forEach(this::addRules);
  }

  private void addRules(ServedMethod method) {
    HttpRule rule = method.method().descriptor().getOptions().getExtension(AnnotationsProto.http);
    if (rule.getPatternCase() != HttpRule.PatternCase.PATTERN_NOT_SET) {
      addRule(method, rule);
      rule.getAdditionalBindingsList().forEach(additional -> addRule(method, additional));
    }
  }

  List<HttpBinding> bindings() {
    return bindings;
  }

  /** A sentence for each rule that cannot be followed. */
  List<String> problems() {
    return problems;
  }

  private void addRule(ServedMethod method, HttpRule rule) {
    try {
      PathTemplate path = PathTemplate.parse(path(rule));
      checkVariables(method, path);
      addBinding(
          new HttpBinding(
              httpMethod(rule), path, method, body(method, rule), responseField(method, rule)));
    } catch (IllegalArgumentException e) {
      problems.add(
          String.format(
              "Method %s has a google.api.http rule that cannot be followed: %s.",
              method.method().descriptor().getFullName(), e.getMessage()));
    }
  }

  private void addBinding(HttpBinding binding) {
    for (HttpBinding other : bindings) {
      if (other.equals(binding)) {
        // Said twice, to no effect.
        return;
      }
      if (other.shape().equals(binding.shape())) {
        throw new IllegalArgumentException(
            binding.methodName()
                + " of the same path leads to "
                + other.method().method().descriptor().getFullName()
                + " already");
      }
    }
    bindings.add(binding);
  }

  private static void checkVariables(ServedMethod method, PathTemplate path) {
    Descriptor input = method.method().descriptor().getInputType();
    for (PathTemplate.Variable variable : path.variables()) {
      FieldDescriptor field =
          FieldPath.find(input, variable.fieldPath())
              .orElseThrow(() -> missing(input, variable.fieldPath()))
              .last();
      boolean scalar =
          field.getJavaType() != FieldDescriptor.JavaType.MESSAGE
              || MessageTypes.isScalarLike(field.getMessageType());
      if (field.isRepeated() || !scalar) {
        throw new IllegalArgumentException(
            "the variable " + variable.fieldPath() + " is no single value");
      }
    }
  }

  private static HttpBinding.Body body(ServedMethod method, HttpRule rule) {
    return switch (rule.getBody()) {
      case "" -> new HttpBinding.Body.None();
      case "*" -> new HttpBinding.Body.Whole();
      default ->
          new HttpBinding.Body.Field(
              field(method.method().descriptor().getInputType(), rule.getBody()));
    };
  }

  private static Optional<FieldDescriptor> responseField(ServedMethod method, HttpRule rule) {
    return rule.getResponseBody().isEmpty()
        ? Optional.empty()
        : Optional.of(field(method.method().descriptor().getOutputType(), rule.getResponseBody()));
  }

  private static FieldDescriptor field(Descriptor message, String name) {
    FieldDescriptor field = message.findFieldByName(name);
    if (field == null) {
      throw missing(message, name);
    }
    return field;
  }

  private static IllegalArgumentException missing(Descriptor message, String name) {
    return new IllegalArgumentException(message.getFullName() + " has no field " + name);
  }

  private static String path(HttpRule rule) {
    return switch (rule.getPatternCase()) {
      case GET -> rule.getGet();
      case PUT -> rule.getPut();
      case POST -> rule.getPost();
      case DELETE -> rule.getDelete();
      case PATCH -> rule.getPatch();
      case CUSTOM -> rule.getCustom().getPath();
      case PATTERN_NOT_SET -> throw new IllegalArgumentException("it has no path");
    };
  }

  private static @Nullable HttpMethod httpMethod(HttpRule rule) {
    String name =
        rule.getPatternCase() == HttpRule.PatternCase.CUSTOM
            ? rule.getCustom().getKind()
            : rule.getPatternCase().name();
    if (name.equals(ANY)) {
      return null;
    }
    HttpMethod method = HttpMethod.tryParse(name.toUpperCase(Locale.ROOT));
    if (method == null) {
      throw new IllegalArgumentException("'" + name + "' is no HTTP method");
    }
    return method;
  }
}
