// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.example;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How one method is called over HTTP/JSON: by its {@code google.api.http} rule, or at the path that
 * every method has.
 *
 * @param verb GET, POST and so on
 * @param path with example values in place of the template's variables
 * @param body JSON; empty for none
 */
record HttpCall(String verb, String path, Optional<String> body) {

  // {user_id}, {user.id}, {name=shelves/*}
  private static final Pattern VARIABLE = Pattern.compile("\\{([\\w.]+)(?:=([^}]*))?}");

  static HttpCall of(MethodDescriptor method) {
    HttpRule rule = method.getOptions().getExtension(AnnotationsProto.http);
    return switch (rule.getPatternCase()) {
      case GET -> byRule(method, "GET", rule.getGet(), rule.getBody());
      case PUT -> byRule(method, "PUT", rule.getPut(), rule.getBody());
      case POST -> byRule(method, "POST", rule.getPost(), rule.getBody());
      case DELETE -> byRule(method, "DELETE", rule.getDelete(), rule.getBody());
      case PATCH -> byRule(method, "PATCH", rule.getPatch(), rule.getBody());
      case CUSTOM ->
          byRule(method, rule.getCustom().getKind(), rule.getCustom().getPath(), rule.getBody());
      case PATTERN_NOT_SET ->
          byRule(
              method,
              "POST",
              "/" + method.getService().getFullName() + "/" + method.getName(),
              "*");
    };
  }

  boolean reads() {
    return verb.equals("GET");
  }

  boolean deletes() {
    return verb.equals("DELETE");
  }

  private static HttpCall byRule(
      MethodDescriptor method, String verb, String template, String body) {
    Set<String> inPath = new HashSet<>();
    Matcher variable = VARIABLE.matcher(template);
    String path =
        variable.replaceAll(
            found -> {
              inPath.add(found.group(1));
              return Matcher.quoteReplacement(
                  segments(value(method.getInputType(), found.group(1)), found.group(2)));
            });
    return new HttpCall(verb, path, body(method.getInputType(), body, inPath));
  }

  private static Optional<String> body(Descriptor input, String body, Set<String> inPath) {
    if (body.isEmpty()) {
      return Optional.empty();
    }
    if (body.equals("*")) {
      return Optional.of(ExampleValue.message(input, inPath));
    }
    return Optional.ofNullable(input.findFieldByName(body)).map(ExampleValue::field);
  }

  private static String segments(String value, @Nullable String pattern) {
    return pattern == null ? value : pattern.replace("**", value).replace("*", value);
  }

  private static String value(Descriptor input, String fieldPath) {
    Descriptor type = input;
    FieldDescriptor field = null;
    for (String name : fieldPath.split("\\.", -1)) {
      field = type.findFieldByName(name);
      if (field == null) {
        return name;
      }
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        type = field.getMessageType();
      }
    }
    return field == null ? fieldPath : ExampleValue.plain(field);
  }
}
