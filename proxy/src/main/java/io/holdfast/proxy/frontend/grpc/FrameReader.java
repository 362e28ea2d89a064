// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.grpc;

import com.google.protobuf.ByteString;
import io.holdfast.proxy.frontend.call.PayloadReader;
import io.holdfast.proxy.frontend.call.RefusedCallException;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Takes messages out of a body of frames. A message that lies in one piece is not copied; one that
 * spans pieces is put together once.
 */
final class FrameReader implements PayloadReader {

  /** What is set aside for a message whose frame claims to be larger. */
  private static final int FIRST_BYTES = 16 * 1024;

  private final boolean gzip;
  private final int bytesMax;
  private final byte[] header = new byte[GrpcFrame.HEADER_BYTES];
  private int headerBytes;
  private byte[] message = {};
  private int messageBytes;
  private int messageLength;

  /**
   * @param gzip whether messages may be compressed by that
   */
  FrameReader(boolean gzip, int bytesMax) {
    this.gzip = gzip;
    this.bytesMax = bytesMax;
  }

  @Override
  public void read(byte[] piece, Consumer<ByteString> payloads) throws RefusedCallException {
    int at = 0;
    while (at < piece.length) {
      if (headerBytes < header.length) {
        at += readHeader(piece, at);
        if (headerBytes < header.length) {
          return;
        }
        messageLength = GrpcFrame.messageLength(header, bytesMax);
        messageBytes = 0;
        message = new byte[0];
        if (messageLength <= piece.length - at) {
          give(piece, at, payloads);
          at += messageLength;
        }
      } else {
        at += readMessage(piece, at);
        if (messageBytes == messageLength) {
          give(message, 0, payloads);
        }
      }
    }
  }

  private int readHeader(byte[] piece, int at) {
    int taken = Math.min(header.length - headerBytes, piece.length - at);
    System.arraycopy(piece, at, header, headerBytes, taken);
    headerBytes += taken;
    return taken;
  }

  private int readMessage(byte[] piece, int at) {
    int taken = Math.min(messageLength - messageBytes, piece.length - at);
    if (messageBytes + taken > message.length) {
      int doubled = Math.max(messageBytes + taken, Math.max(FIRST_BYTES, message.length * 2));
      message = Arrays.copyOf(message, Math.min(messageLength, doubled));
    }
    System.arraycopy(piece, at, message, messageBytes, taken);
    messageBytes += taken;
    return taken;
  }

  private void give(byte[] bytes, int at, Consumer<ByteString> payloads)
      throws RefusedCallException {
    headerBytes = 0;
    payloads.accept(GrpcFrame.open(header[0], gzip, bytes, at, messageLength, bytesMax));
  }

  @Override
  public void end(Consumer<ByteString> payloads) throws RefusedCallException {
    if (headerBytes > 0) {
      throw RefusedCallException.invalid("the call's last message is cut short");
    }
  }
}
