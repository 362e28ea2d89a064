// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A name server on a port of its own (RFC 1035, RFC 2782). It knows what a test tells it. */
final class NameServer implements AutoCloseable {

  private static final int TYPE_A = 1;
  private static final int TYPE_SRV = 33;
  private static final int CLASS_IN = 1;
  private static final int ANSWER_FLAGS = 0x8180;
  private static final int HEADER_BYTES = 12;
  private static final int MESSAGE_BYTES_MAX = 512;
  // Where the name stands that was asked for.
  private static final int POINTER_TO_QUESTION = 0xC000 | HEADER_BYTES;

  private final DatagramSocket socket;
  private final Map<String, List<byte[]>> records = new ConcurrentHashMap<>();

  NameServer() {
    try {
      socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
    var thread = new Thread(this::serve, "name-server");
    thread.setDaemon(true);
    thread.start();
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** The name leads to these addresses. */
  void addresses(String name, String... addresses) {
    records.put(TYPE_A + name, Arrays.stream(addresses).map(NameServer::address).toList());
  }

  /** The service is on these ports of these hosts, each written {@code host:port}. */
  void services(String name, String... targets) {
    records.put(TYPE_SRV + name, Arrays.stream(targets).map(NameServer::service).toList());
  }

  private static byte[] address(String address) {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] service(String target) {
    int colon = target.indexOf(':');
    var bytes = ByteBuffer.allocate(MESSAGE_BYTES_MAX);
    bytes.putShort((short) 0).putShort((short) 0);
    bytes.putShort((short) Integer.parseInt(target.substring(colon + 1)));
    for (String label : target.substring(0, colon).split("\\.", -1)) {
      byte[] text = label.getBytes(StandardCharsets.US_ASCII);
      bytes.put((byte) text.length).put(text);
    }
    bytes.put((byte) 0);
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private void serve() {
    var packet = new DatagramPacket(new byte[MESSAGE_BYTES_MAX], MESSAGE_BYTES_MAX);
    while (!socket.isClosed()) {
      try {
        packet.setLength(MESSAGE_BYTES_MAX);
        socket.receive(packet);
        byte[] answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private byte[] answer(ByteBuffer question) throws IOException {
    var name = new StringBuilder();
    int id = question.getShort(0);
    question.position(HEADER_BYTES);
    for (int length = question.get(); length > 0; length = question.get()) {
      byte[] label = new byte[length];
      question.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
    }
    int type = question.getShort();
    question.getShort();
    byte[] asked = new byte[question.position() - HEADER_BYTES];
    question.get(HEADER_BYTES, asked);
    List<byte[]> found = records.getOrDefault(type + name.toString(), List.of());
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    for (int field : new int[] {id, ANSWER_FLAGS, 1, found.size(), 0, 0}) {
      out.writeShort(field);
    }
    out.write(asked);
    for (byte[] record : found) {
      out.writeShort(POINTER_TO_QUESTION);
      out.writeShort(type);
      out.writeShort(CLASS_IN);
      // Seconds that it may be kept.
      out.writeInt(1);
      out.writeShort(record.length);
      out.write(record);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    socket.close();
  }
}
