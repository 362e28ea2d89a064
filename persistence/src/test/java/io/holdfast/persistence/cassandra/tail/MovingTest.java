// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.tail;

import static io.holdfast.persistence.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.persistence.cassandra.block.Blocks;
import io.holdfast.persistence.cassandra.block.Blocks.Block;
import io.holdfast.persistence.cassandra.block.EntityKey;
import io.holdfast.persistence.cassandra.block.Payloads.Payload;
import io.holdfast.persistence.cassandra.block.Places;
import io.holdfast.persistence.cassandra.block.WrittenBlock;
import io.holdfast.storage.v1.StoredEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MovingTest {

  private static final EntityKey CART = EntityKey.of("cart|anna");
  private static final long LATE_MILLIS = 5_000;

  private final AtomicLong millis = new AtomicLong(System.currentTimeMillis());
  private final Places places = new Places(1, millis::get);
  private final Burst burst = new Burst();

  private Moving of(long epoch, long first, long last, Payload payload) {
    var block = new Block(first, last, places.next((int) (last - first + 1)), 0, payload);
    return Moving.of(burst, new WrittenBlock(CART, epoch, block));
  }

  private Moving events(long epoch, long first, long last) {
    List<StoredEvent> events =
        LongStream.rangeClosed(first, last).mapToObj(i -> event(i, "event " + i)).toList();
    return of(epoch, first, last, new Payload(ByteBuffer.wrap(Blocks.bytes(events)), null, 0));
  }

  private List<Moving> joined(List<Moving> blocks) {
    return Moving.joined(blocks, places, LATE_MILLIS);
  }

  private static List<Tuple> ranges(List<Moving> blocks) {
    return blocks.stream()
        .map(each -> tuple(each.block().block().first(), each.block().block().last()))
        .toList();
  }

  private static long place(Moving moving) {
    return moving.block().block().place();
  }

  @Test
  void blocks_that_follow_each_other_are_one_with_the_events_of_all() {
    List<Moving> joined = joined(List.of(events(1, 1, 2), events(1, 3, 3), events(1, 4, 6)));

    assertThat(ranges(joined)).containsExactly(tuple(1L, 6L));
    assertThat(joined.get(0).bursts()).containsExactly(burst, burst, burst);
    assertThat(joined.get(0).block().block().payload())
        .isEqualTo(events(1, 1, 6).block().block().payload());
  }

  @Test
  void blocks_of_two_claims_or_with_others_in_between_stay_apart() {
    assertThat(ranges(joined(List.of(events(1, 1, 1), events(2, 2, 2), events(2, 4, 4)))))
        .containsExactly(tuple(1L, 1L), tuple(2L, 2L), tuple(4L, 4L));
  }

  @Test
  void blocks_of_two_partitions_stay_apart() {
    long end = EntityKey.EVENTS_PER_PART;

    assertThat(ranges(joined(List.of(events(1, end, end), events(1, end + 1, end + 1)))))
        .containsExactly(tuple(end, end), tuple(end + 1, end + 1));
  }

  @Test
  void a_block_has_at_most_16_KiB_unless_one_write_had_more() {
    Payload large = new Payload(ByteBuffer.allocate(10 * 1024), null, 0);
    Payload huge = new Payload(ByteBuffer.allocate(100 * 1024), null, 0);

    assertThat(
            ranges(
                joined(
                    List.of(
                        events(1, 1, 1),
                        of(1, 2, 2, large),
                        of(1, 3, 3, large),
                        of(1, 4, 4, huge),
                        events(1, 5, 5)))))
        .containsExactly(tuple(1L, 2L), tuple(3L, 3L), tuple(4L, 4L), tuple(5L, 5L));
  }

  @Test
  void a_block_whose_bytes_are_in_chunks_stays_apart() {
    Payload chunks = new Payload(null, UUID.randomUUID(), 3);

    List<Moving> joined = joined(List.of(events(1, 1, 1), of(1, 2, 2, chunks), events(1, 3, 3)));

    assertThat(ranges(joined)).containsExactly(tuple(1L, 1L), tuple(2L, 2L), tuple(3L, 3L));
    assertThat(joined.get(1).block().block().payload()).isEqualTo(chunks);
  }

  @Test
  void what_was_written_while_others_were_moved_comes_behind_those_in_the_log() {
    Moving first = events(1, 1, 1);
    Moving meanwhile = events(1, 2, 2);
    millis.incrementAndGet();

    Moving moved = joined(List.of(first)).get(0);
    Moving next = joined(List.of(meanwhile)).get(0);

    assertThat(place(next)).isGreaterThan(place(moved));
  }

  @Test
  void what_may_be_stored_although_its_move_failed_is_moved_again_as_it_was() {
    Moving tried = joined(List.of(events(1, 1, 1), events(1, 2, 2))).get(0);

    List<Moving> again = joined(List.of(tried, events(1, 3, 3)));

    assertThat(ranges(again)).containsExactly(tuple(1L, 2L), tuple(3L, 3L));
    assertThat(again.get(0)).isEqualTo(tried);
  }

  @Test
  void what_is_moved_late_gets_a_new_place_and_so_does_all_behind_it() {
    List<Moving> tried = new ArrayList<>(joined(List.of(events(1, 1, 1))));
    millis.addAndGet(LATE_MILLIS);
    tried.addAll(joined(List.of(events(1, 2, 2))));

    assertThat(joined(tried)).isEqualTo(tried);

    millis.incrementAndGet();
    List<Moving> late = joined(tried);
    assertThat(place(late.get(0))).isGreaterThan(place(tried.get(1)));
    assertThat(place(late.get(1))).isGreaterThan(place(late.get(0)));
    assertThat(ranges(late)).isEqualTo(ranges(tried));
  }
}
