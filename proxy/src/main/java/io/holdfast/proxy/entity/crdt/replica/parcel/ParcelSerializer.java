// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt.replica.parcel;

import akka.serialization.SerializerWithStringManifest;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnsafeByteOperations;
import io.holdfast.cluster.v1.ParcelGone;
import io.holdfast.cluster.v1.ParcelPiece;
import io.holdfast.cluster.v1.ParcelTaken;
import io.holdfast.cluster.v1.ParcelWanted;
import io.holdfast.proxy.entity.crdt.replica.parcel.ParcelMessage.Gone;
import io.holdfast.proxy.entity.crdt.replica.parcel.ParcelMessage.Piece;
import io.holdfast.proxy.entity.crdt.replica.parcel.ParcelMessage.Taken;
import io.holdfast.proxy.entity.crdt.replica.parcel.ParcelMessage.Wanted;
import java.io.NotSerializableException;

/**
 * The bytes of what carriers of large messages say to each other: {@code
 * holdfast/cluster/v1/parcel.proto}. Public for Akka, which makes it by name.
 */
public final class ParcelSerializer extends SerializerWithStringManifest {

  private static final String WANTED = "W";
  private static final String PIECE = "P";
  private static final String GONE = "G";
  private static final String TAKEN = "T";

  @Override
  public int identifier() {
    return 7_403;
  }

  @Override
  public String manifest(Object message) {
    if (message instanceof Wanted) {
      return WANTED;
    }
    if (message instanceof Piece) {
      return PIECE;
    }
    if (message instanceof Gone) {
      return GONE;
    }
    if (message instanceof Taken) {
      return TAKEN;
    }
    throw unknown(message);
  }

  @Override
  public byte[] toBinary(Object message) {
    return written(message).toByteArray();
  }

  private static MessageLite written(Object message) {
    if (message instanceof Wanted wanted) {
      return ParcelWanted.newBuilder().setId(wanted.id()).setOffset(wanted.offset()).build();
    }
    if (message instanceof Piece piece) {
      return ParcelPiece.newBuilder()
          .setId(piece.id())
          .setOffset(piece.offset())
          .setContent(piece.content())
          .build();
    }
    if (message instanceof Gone gone) {
      return ParcelGone.newBuilder().setId(gone.id()).build();
    }
    if (message instanceof Taken taken) {
      return ParcelTaken.newBuilder().setId(taken.id()).build();
    }
    throw unknown(message);
  }

  private static IllegalArgumentException unknown(Object message) {
    return new IllegalArgumentException("not about a large message: " + message.getClass());
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    try {
      return switch (manifest) {
        case WANTED -> {
          var wanted = ParcelWanted.parseFrom(bytes);
          yield new Wanted(wanted.getId(), wanted.getOffset());
        }
        case PIECE -> {
          var piece = ParcelPiece.parseFrom(UnsafeByteOperations.unsafeWrap(bytes));
          yield new Piece(piece.getId(), piece.getOffset(), piece.getContent());
        }
        case GONE -> new Gone(ParcelGone.parseFrom(bytes).getId());
        case TAKEN -> new Taken(ParcelTaken.parseFrom(bytes).getId());
        default -> throw new NotSerializableException("unknown manifest " + manifest);
      };
    } catch (InvalidProtocolBufferException e) {
      throw new NotSerializableException("manifest " + manifest + ": " + e.getMessage());
    }
  }
}
