// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.example;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Lines to copy into a shell. */
public final class ShellLines {

  private ShellLines() {}

  /**
   * A line of curl for each unary method, to be pasted one after the other: in the order of the
   * service, but what deletes comes after what reads, or nothing would be left to see. What it
   * deleted is made again for the lines that follow.
   *
   * @param port of the proxy on this machine
   */
  public static List<String> curl(ServiceDescriptor service, int port) {
    List<HttpCall> calls = deletingAfterReading(unary(service).stream().map(HttpCall::of).toList());
    return makingAgain(calls).stream().map(call -> curl("curl ", call, port)).toList();
  }

  /**
   * A line of curl for each method of which either side is a stream, in the order of the service.
   * It prints replies as they come, and sends one request where the client may send many. Some
   * never end by themselves.
   */
  public static List<String> streams(ServiceDescriptor service, int port) {
    return service.getMethods().stream()
        .filter(method -> !isUnary(method))
        .map(method -> curl("curl -N ", HttpCall.of(method), port))
        .toList();
  }

  private static List<HttpCall> deletingAfterReading(List<HttpCall> calls) {
    List<HttpCall> ordered = new ArrayList<>();
    List<HttpCall> deleting = new ArrayList<>();
    int unread = (int) calls.stream().filter(HttpCall::reads).count();
    for (HttpCall call : calls) {
      (call.deletes() && unread > 0 ? deleting : ordered).add(call);
      if (call.reads() && --unread == 0) {
        ordered.addAll(deleting);
      }
    }
    return ordered;
  }

  /** Repeats the first call, if it makes something, between those that delete and what follows. */
  private static List<HttpCall> makingAgain(List<HttpCall> calls) {
    List<HttpCall> all = new ArrayList<>();
    boolean deleted = false;
    for (HttpCall call : calls) {
      if (deleted && !call.deletes() && !calls.get(0).reads() && !calls.get(0).deletes()) {
        all.add(calls.get(0));
      }
      all.add(call);
      deleted = call.deletes();
    }
    return all;
  }

  private static String curl(String command, HttpCall call, int port) {
    var line = new StringBuilder(command);
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

  /** A line of grpcurl for a method that reads, if there is one, and has few fields. */
  public static String grpcurl(ServiceDescriptor service, int port) {
    MethodDescriptor shortest =
        unary(service).stream()
            .min(
                Comparator.comparing((MethodDescriptor method) -> !HttpCall.of(method).reads())
                    .thenComparing(method -> method.getInputType().getFields().size()))
            .orElse(service.getMethods().get(0));
    return "grpcurl -plaintext -d %s localhost:%d %s/%s"
        .formatted(
            quoted(ExampleValue.message(shortest.getInputType(), Set.of())),
            port,
            service.getFullName(),
            shortest.getName());
  }

  private static List<MethodDescriptor> unary(ServiceDescriptor service) {
    return service.getMethods().stream().filter(ShellLines::isUnary).toList();
  }

  private static boolean isUnary(MethodDescriptor method) {
    return !method.isClientStreaming() && !method.isServerStreaming();
  }

  private static String quotedIfNeeded(String path) {
    return path.matches("[\\w./:-]*") ? path : quoted(path);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
