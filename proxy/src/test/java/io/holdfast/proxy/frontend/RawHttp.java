// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTTP/1.1 client that sends a request target as it is; one char is one byte. */
final class RawHttp {

  private static final int PATIENCE_MILLIS = 10_000;

  private static final Pattern LENGTH = Pattern.compile("content-length: ([0-9]+)");

  private final int port;

  RawHttp(int port) {
    this.port = port;
  }

  /** What came back. */
  record Response(int status, String headers, String body) {}

  Response get(String target) {
    return send("GET", target);
  }

  Response send(String method, String target) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      String request = method + ' ' + target + " HTTP/1.1\r\nhost: x\r\naccept: */*\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return response(socket.getInputStream());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Response response(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new AssertionError("closed after " + head);
      }
      head.append((char) next);
    }
    String headers = head.toString().toLowerCase(Locale.ROOT);
    Matcher length = LENGTH.matcher(headers);
    int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
    return new Response(
        Integer.parseInt(headers.substring(9, 12)),
        headers,
        new String(in.readNBytes(bytes), UTF_8));
  }
}
