// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.tail;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.cassandra.block.Blocks.Block;
import io.holdfast.persistence.cassandra.block.EntityKey;
import io.holdfast.persistence.cassandra.block.Payloads.Payload;
import io.holdfast.persistence.cassandra.block.WrittenBlock;
import io.holdfast.storage.v1.StoredTail;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Blocks that stand in a tail, as the bytes of one row. */
final class TailBlocks {

  private TailBlocks() {}

  static ByteBuffer write(List<WrittenBlock> blocks) {
    var tail = StoredTail.newBuilder();
    for (WrittenBlock each : blocks) {
      Block block = each.block();
      Payload payload = block.payload();
      var written =
          tail.addBlockBuilder()
              .setId(UnsafeByteOperations.unsafeWrap(each.key().id()))
              .setEpoch(each.epoch())
              .setFirst(block.first())
              .setLast(block.last())
              .setPlace(block.place());
      if (payload.bytes() != null) {
        written.setEvents(UnsafeByteOperations.unsafeWrap(payload.bytes().duplicate()));
      }
      if (payload.chunks() != null) {
        written.setChunks(bytes(payload.chunks())).setCount(payload.count());
      }
    }
    return tail.build().toByteString().asReadOnlyByteBuffer();
  }

  private static ByteString bytes(UUID id) {
    var bytes = ByteBuffer.allocate(2 * Long.BYTES);
    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).flip();
    return ByteString.copyFrom(bytes);
  }

  static List<WrittenBlock> read(long writer, ByteBuffer row) {
    try {
      return StoredTail.parseFrom(row).getBlockList().stream().map(TailBlocks::read).toList();
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw StoreException.damaged("The tail of writer " + writer, e);
    }
  }

  private static WrittenBlock read(io.holdfast.storage.v1.TailBlock stored) {
    UUID chunks = uuid(stored.getChunks());
    var payload =
        new Payload(
            chunks == null ? stored.getEvents().asReadOnlyByteBuffer() : null,
            chunks,
            stored.getCount());
    return new WrittenBlock(
        EntityKey.of(stored.getId().asReadOnlyByteBuffer()),
        stored.getEpoch(),
        new Block(stored.getFirst(), stored.getLast(), stored.getPlace(), 0, payload));
  }

  private static @Nullable UUID uuid(ByteString bytes) {
    if (bytes.isEmpty()) {
      return null;
    }
    ByteBuffer from = bytes.asReadOnlyByteBuffer();
    return new UUID(from.getLong(), from.getLong());
  }
}
