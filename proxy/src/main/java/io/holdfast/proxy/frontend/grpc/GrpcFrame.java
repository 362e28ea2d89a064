// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.frontend.call.Chunk;
import io.holdfast.proxy.frontend.call.RefusedCallException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Takes messages out of their frames, and puts them in. */
final class GrpcFrame {

  /** A flag byte and four bytes of length. */
  static final int HEADER_BYTES = 5;

  static final String ACCEPTED_ENCODINGS = "identity,gzip";

  private static final int COMPRESSED = 1;
  private static final int TRAILERS = 0x80;

  private GrpcFrame() {}

  /**
   * The message in {@code body}, which must be one whole frame. The array is not copied, and must
   * not change any more.
   *
   * @param encoding the {@code grpc-encoding} header
   */
  static ByteString message(byte[] body, @Nullable String encoding, int bytesMax)
      throws RefusedCallException {
    boolean gzip = isGzip(encoding);
    if (body.length == 0) {
      throw RefusedCallException.invalid("the call ended without a message");
    }
    if (body.length < HEADER_BYTES) {
      throw RefusedCallException.invalid("the call's message is cut short");
    }
    int length = messageLength(body, bytesMax);
    if (length > body.length - HEADER_BYTES) {
      throw RefusedCallException.invalid("the call's message is cut short");
    }
    if (length < body.length - HEADER_BYTES) {
      throw RefusedCallException.invalid("a unary call has more than one message");
    }
    return open(body[0], gzip, body, HEADER_BYTES, length, bytesMax);
  }

  /**
   * Whether messages may be compressed.
   *
   * @param encoding the {@code grpc-encoding} header
   * @throws RefusedCallException when it names neither gzip nor nothing
   */
  static boolean isGzip(@Nullable String encoding) throws RefusedCallException {
    boolean gzip = "gzip".equals(encoding);
    if (encoding != null && !gzip && !"identity".equals(encoding)) {
      throw RefusedCallException.of(
          Failure.Code.UNKNOWN_COMMAND, "grpc-encoding '" + encoding + "' is not supported");
    }
    return gzip;
  }

  /** How long the message is, by the header in front of it. */
  static int messageLength(byte[] header, int bytesMax) throws RefusedCallException {
    long length = length(header);
    if (length > bytesMax) {
      throw tooLarge(bytesMax);
    }
    return (int) length;
  }

  /**
   * A message out of its frame. The array is not copied, and must not change any more.
   *
   * @param flags the frame's first byte
   */
  static ByteString open(byte flags, boolean gzip, byte[] bytes, int at, int length, int bytesMax)
      throws RefusedCallException {
    if (flags == 0) {
      return UnsafeByteOperations.unsafeWrap(bytes, at, length);
    }
    if (flags != COMPRESSED || !gzip) {
      throw RefusedCallException.invalid("the frame's flags do not fit its grpc-encoding");
    }
    return inflate(bytes, at, length, bytesMax);
  }

  /** A frame that holds {@code message}, uncompressed. */
  static byte[] of(ByteString message) {
    byte[] frame = new byte[HEADER_BYTES + message.size()];
    putLength(frame, 0, message.size());
    message.copyTo(frame, HEADER_BYTES);
    return frame;
  }

  /** {@code message}, if any, in a frame, and after it a frame of gRPC-Web trailers. */
  static byte[] withTrailers(@Nullable ByteString message, byte[] trailers) {
    int start = message == null ? 0 : HEADER_BYTES + message.size();
    byte[] frames = new byte[start + HEADER_BYTES + trailers.length];
    if (message != null) {
      putLength(frames, 0, message.size());
      message.copyTo(frames, HEADER_BYTES);
    }
    frames[start] = (byte) TRAILERS;
    putLength(frames, start, trailers.length);
    System.arraycopy(trailers, 0, frames, start + HEADER_BYTES, trailers.length);
    return frames;
  }

  /** Appends a frame that holds {@code message}, uncompressed. */
  static void append(ByteString message, Chunk chunk) {
    byte[] header = new byte[HEADER_BYTES];
    putLength(header, 0, message.size());
    chunk.write(header, 0, HEADER_BYTES);
    try {
      message.writeTo(chunk);
    } catch (IOException e) {
      throw new AssertionError("chunks are in memory", e);
    }
  }

  private static ByteString inflate(byte[] bytes, int at, int length, int bytesMax)
      throws RefusedCallException {
    var compressed = new ByteArrayInputStream(bytes, at, length);
    try (var gzip = new GZIPInputStream(compressed)) {
      // One byte more than allowed tells too much from just enough.
      byte[] message = gzip.readNBytes(bytesMax + 1);
      if (message.length > bytesMax) {
        throw tooLarge(bytesMax);
      }
      return UnsafeByteOperations.unsafeWrap(message);
    } catch (IOException e) {
      throw RefusedCallException.invalid("the call's message is no gzip");
    }
  }

  private static RefusedCallException tooLarge(int bytesMax) {
    return RefusedCallException.of(
        Failure.Code.OVERLOADED, "the message is larger than " + bytesMax + " bytes");
  }

  private static long length(byte[] frame) {
    return (frame[1] & 0xFFL) << 24
        | (frame[2] & 0xFFL) << 16
        | (frame[3] & 0xFFL) << 8
        | (frame[4] & 0xFFL);
  }

  private static void putLength(byte[] frame, int at, int length) {
    frame[at + 1] = (byte) (length >>> 24);
    frame[at + 2] = (byte) (length >>> 16);
    frame[at + 3] = (byte) (length >>> 8);
    frame[at + 4] = (byte) length;
  }
}
