// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.json;

import com.google.protobuf.ByteString;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.frontend.call.PayloadReader;
import io.holdfast.proxy.frontend.call.RefusedCallException;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** Takes messages out of a body of lines. Empty lines are passed over; the last needs no end. */
final class LineReader implements PayloadReader {

  /** Reads one line. */
  @FunctionalInterface
  interface MessageParser {
    ByteString parse(byte[] line) throws RefusedCallException;
  }

  private final MessageParser parser;
  private final int lineBytesMax;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LineReader(MessageParser parser, int lineBytesMax) {
    this.parser = parser;
    this.lineBytesMax = lineBytesMax;
  }

  @Override
  public void read(byte[] piece, Consumer<ByteString> payloads) throws RefusedCallException {
    int start = 0;
    for (int at = 0; at < piece.length; at++) {
      if (piece[at] == '\n') {
        append(piece, start, at);
        end(payloads);
        start = at + 1;
      }
    }
    append(piece, start, piece.length);
  }

  private void append(byte[] piece, int from, int to) throws RefusedCallException {
    if (line.size() + (to - from) > lineBytesMax) {
      throw RefusedCallException.of(
          Failure.Code.OVERLOADED, "the message is larger than " + lineBytesMax + " bytes");
    }
    line.write(piece, from, to - from);
  }

  @Override
  public void end(Consumer<ByteString> payloads) throws RefusedCallException {
    byte[] whole = line.toByteArray();
    line.reset();
    if (!isBlank(whole)) {
      payloads.accept(parser.parse(whole));
    }
  }

  private static boolean isBlank(byte[] text) {
    for (byte b : text) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
