// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.example;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Lines to copy into a shell. */
public final class ShellLines {

  private ShellLines() {}

  /**
   * A line of curl for each unary method, in the order of the service.
   *
   * @param port of the proxy on this machine
   */
  public static List<String> curl(ServiceDescriptor service, int port) {
    List<String> lines = new ArrayList<>();
    for (MethodDescriptor method : unary(service)) {
      lines.add(curl(HttpCall.of(method), port));
    }
    return lines;
  }

  private static String curl(HttpCall call, int port) {
    var line = new StringBuilder("curl ");
    // Curl's own choice is GET without a body and POST with one.
    if (!call.verb().equals(call.body().isPresent() ? "POST" : "GET")) {
      line.append("-X ").append(call.verb().toUpperCase(Locale.ROOT)).append(' ');
    }
    line.append("localhost:").append(port).append(quotedIfNeeded(call.path()));
    // Curl calls a body a form unless it is told otherwise; the proxy reads it as JSON all the
    // same.
    call.body().ifPresent(body -> line.append(" -d ").append(quoted(body)));
    return line.toString();
  }

  /** A line of grpcurl for the first method that has few fields, as reads have. */
  public static String grpcurl(ServiceDescriptor service, int port) {
    MethodDescriptor shortest =
        unary(service).stream()
            .min(
                (one, other) ->
                    Integer.compare(
                        one.getInputType().getFields().size(),
                        other.getInputType().getFields().size()))
            .orElse(service.getMethods().get(0));
    return "grpcurl -plaintext -d %s localhost:%d %s/%s"
        .formatted(
            quoted(ExampleValue.message(shortest.getInputType(), Set.of())),
            port,
            service.getFullName(),
            shortest.getName());
  }

  private static List<MethodDescriptor> unary(ServiceDescriptor service) {
    return service.getMethods().stream()
        .filter(method -> !method.isClientStreaming() && !method.isServerStreaming())
        .toList();
  }

  private static String quotedIfNeeded(String path) {
    return path.matches("[\\w./:-]*") ? path : quoted(path);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
