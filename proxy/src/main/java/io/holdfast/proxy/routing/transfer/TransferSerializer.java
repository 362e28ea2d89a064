// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing.transfer;

import akka.serialization.SerializerWithStringManifest;
import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.cluster.v1.ContentGone;
import io.holdfast.cluster.v1.ContentPart;
import io.holdfast.cluster.v1.ContentPull;
import io.holdfast.cluster.v1.ContentRelease;
import io.holdfast.proxy.routing.transfer.TransferMessage.Gone;
import io.holdfast.proxy.routing.transfer.TransferMessage.Part;
import io.holdfast.proxy.routing.transfer.TransferMessage.Pull;
import io.holdfast.proxy.routing.transfer.TransferMessage.Release;
import java.io.NotSerializableException;

/**
 * The bytes of {@link TransferMessage}s: {@code holdfast/cluster/v1/cluster.proto}. Public for
 * Akka, which makes it by name.
 */
public final class TransferSerializer extends SerializerWithStringManifest {

  private static final String PULL = "L";
  private static final String PART = "T";
  private static final String GONE = "G";
  private static final String RELEASE = "E";

  @Override
  public int identifier() {
    return 7_303;
  }

  @Override
  public String manifest(Object message) {
    if (message instanceof Part) {
      return PART;
    }
    if (message instanceof Pull) {
      return PULL;
    }
    if (message instanceof Gone) {
      return GONE;
    }
    if (message instanceof Release) {
      return RELEASE;
    }
    throw new IllegalArgumentException("not about a content: " + message.getClass());
  }

  @Override
  public byte[] toBinary(Object message) {
    if (message instanceof Part part) {
      return ContentPart.newBuilder()
          .setFetch(part.fetch())
          .setOffset(part.offset())
          .setData(part.data())
          .build()
          .toByteArray();
    }
    if (message instanceof Pull pull) {
      return ContentPull.newBuilder()
          .setFetch(pull.fetch())
          .setNumber(pull.number())
          .setOffset(pull.offset())
          .setLength(pull.length())
          .build()
          .toByteArray();
    }
    if (message instanceof Gone gone) {
      return ContentGone.newBuilder().setFetch(gone.fetch()).build().toByteArray();
    }
    if (message instanceof Release release) {
      return ContentRelease.newBuilder().setNumber(release.number()).build().toByteArray();
    }
    throw new IllegalArgumentException("not about a content: " + message.getClass());
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    try {
      return switch (manifest) {
        case PART -> part(ContentPart.parseFrom(bytes));
        case PULL -> pull(ContentPull.parseFrom(bytes));
        case GONE -> new Gone(ContentGone.parseFrom(bytes).getFetch());
        case RELEASE -> new Release(ContentRelease.parseFrom(bytes).getNumber());
        default -> throw new NotSerializableException("unknown manifest " + manifest);
      };
    } catch (InvalidProtocolBufferException | ArithmeticException e) {
      throw new NotSerializableException("manifest " + manifest + ": " + e.getMessage());
    }
  }

  private static Part part(ContentPart part) {
    return new Part(part.getFetch(), Math.toIntExact(part.getOffset()), part.getData());
  }

  private static Pull pull(ContentPull pull) {
    return new Pull(
        pull.getFetch(),
        pull.getNumber(),
        Math.toIntExact(pull.getOffset()),
        Math.toIntExact(pull.getLength()));
  }
}
