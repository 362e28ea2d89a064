// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt.replica.parcel;

import akka.actor.ExtendedActorSystem;
import akka.cluster.ddata.protobuf.ReplicatorMessageSerializer;
import akka.protobufv3.internal.MessageLite;
import com.google.protobuf.UnsafeByteOperations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * The messages of replicators as Akka writes and reads them, except that a notice stands for what
 * does not fit into a frame. Public for Akka, which makes it by name.
 */
public final class ReplicatorSerializer extends ReplicatorMessageSerializer {

  // Addresses of sender and recipient, and what Akka puts around a message.
  private static final int AROUND_BYTES = 8 << 10;

  private static final String FRAME_BYTES = "akka.remote.artery.advanced.maximum-frame-size";

  private final ExtendedActorSystem system;
  private final Set<String> large;
  private final int bytesMax;

  public ReplicatorSerializer(ExtendedActorSystem system) {
    super(system);
    this.system = system;
    this.large =
        Set.of(StatusManifest(), GossipManifest(), DeltaPropagationManifest(), WriteManifest());
    long frame = system.settings().config().getBytes(FRAME_BYTES);
    this.bytesMax = (int) Math.max(AROUND_BYTES, frame - AROUND_BYTES);
  }

  @Override
  public byte[] toBinary(Object message) {
    byte[] bytes = super.toBinary(message);
    if (bytes.length <= bytesMax) {
      return bytes;
    }
    // Other messages stay on the node: states that are kept on disk, or of which a digest is made.
    String manifest = manifest(message);
    if (!large.contains(manifest)) {
      return bytes;
    }
    long id = Parcels.get(system).outbox().put(UnsafeByteOperations.unsafeWrap(bytes));
    return new Parcel(id, bytes.length, manifest).toBytes();
  }

  /**
   * Gossip. Compressing what is large would keep a core busy for longer than it takes to send it,
   * and changes go uncompressed, too. Readers do not notice.
   */
  @Override
  public byte[] compress(MessageLite message) {
    int size = message.getSerializedSize();
    if (size <= bytesMax) {
      return super.compress(message);
    }
    var bytes = new ByteArrayOutputStream(size);
    try (var gzip = new PlainGzip(bytes)) {
      message.writeTo(gzip);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static final class PlainGzip extends GZIPOutputStream {

    private static final int BUFFER_BYTES = 8 << 10;

    PlainGzip(OutputStream to) throws IOException {
      super(to, BUFFER_BYTES);
      def.setLevel(Deflater.NO_COMPRESSION);
    }
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    return Parcel.isNotice(bytes)
        ? Parcel.read(bytes, manifest)
        : super.fromBinary(bytes, manifest);
  }
}
