// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import com.google.protobuf.Timestamp;
import io.holdfast.proxy.example.Book;
import io.holdfast.proxy.example.Genre;
import io.holdfast.proxy.example.Range;
import io.holdfast.proxy.example.ShelfProto;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

final class JsonRoundTripTest {

  private static final MessageTypes TYPES =
      new MessageTypes(List.of(Book.getDescriptor().getFile(), ShelfProto.getDescriptor()));

  @Property(tries = 300)
  void what_is_printed_is_read_back(
      @ForAll("texts") String title,
      @ForAll int pageCount,
      @ForAll long sold,
      @ForAll Genre genre,
      @ForAll List<@From("texts") String> authors,
      @ForAll Map<@From("texts") String, Integer> copies,
      @ForAll @LongRange(min = -62_135_596_800L, max = 253_402_300_799L) long seconds,
      @ForAll @IntRange(max = 999_999_999) int nanos,
      @ForAll byte[] cover,
      @ForAll double price,
      @ForAll boolean lent)
      throws Exception {
    var book =
        Book.newBuilder()
            .setTitle(title)
            .setPageCount(pageCount)
            .setSold(sold)
            .setGenreValue(genre == Genre.UNRECOGNIZED ? 77 : genre.getNumber())
            .addAllAuthors(authors)
            .putAllCopies(copies)
            .setPrintedAt(Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos))
            .setCover(ByteString.copyFrom(cover))
            .setPrice(price)
            .setLent(lent);
    if (lent) {
      book.setSubtitle(StringValue.of(title));
      book.setExtra(
          Any.pack(
              pageCount > 0 ? Range.newBuilder().setMost(sold).build() : StringValue.of(title)));
    }

    assertThat(throughJson(book.build())).isEqualTo(book.build());
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().filter(StandardCharsets.UTF_8.newEncoder()::canEncode);
  }

  private static Message throughJson(Book book) throws Exception {
    String json = new MessagePrinter(TYPES).print(book);
    var read = DynamicMessage.newBuilder(Book.getDescriptor());
    new MessageReader(TYPES).merge(JsonText.read(json.getBytes(StandardCharsets.UTF_8)), read);
    return Book.parseFrom(read.build().toByteString());
  }
}
