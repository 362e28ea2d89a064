// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra;

import static io.holdfast.persistence.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import akka.actor.ActorSystem;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.persistence.EventLog;
import io.holdfast.persistence.EventLog.LoggedEvent;
import io.holdfast.persistence.GroupSizes;
import io.holdfast.persistence.cassandra.block.Blocks;
import io.holdfast.persistence.cassandra.block.Blocks.Block;
import io.holdfast.persistence.cassandra.block.EntityKey;
import io.holdfast.persistence.cassandra.block.Payloads;
import io.holdfast.persistence.cassandra.block.Payloads.Payload;
import io.holdfast.persistence.cassandra.block.Places;
import io.holdfast.persistence.cassandra.block.WrittenBlock;
import io.holdfast.persistence.cassandra.claim.Claims.Claim;
import io.holdfast.persistence.cassandra.claim.DeadWriters;
import io.holdfast.persistence.cassandra.database.Cassandra;
import io.holdfast.persistence.cassandra.database.CassandraSettings;
import io.holdfast.persistence.cassandra.database.Connecting;
import io.holdfast.persistence.cassandra.tail.Tail;
import io.holdfast.persistence.server.AwayException;
import io.holdfast.storage.v1.StoredEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Two proxies on one store, of which nothing moves blocks out of the tails by itself. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CassandraTailTest {

  private static final EntityKey CART = EntityKey.of("cart|anna");
  private static final EntityKey OTHER = EntityKey.of("cart|bert");
  private static final long LAST_MILLI_OF_BUCKET =
      Instant.parse("2026-01-01T00:10:00Z").toEpochMilli() - 1;

  private final ActorSystem system = ActorSystem.create("tails");
  private final GroupSizes groups = new GroupSizes();
  private final AtomicBoolean retired = new AtomicBoolean();
  private Cassandra cassandra;
  private OpenedCassandra here;
  private OpenedCassandra there;

  @BeforeEach
  void open() throws AwayException {
    Config config = CassandraServer.shared().newKeyspace().withFallback(ConfigFactory.load());
    var settings = CassandraSettings.from(config.getConfig("holdfast.persistence.cassandra"));
    cassandra = new Connecting(settings).connect(opened -> opened, () -> {});
    cassandra.prepareSchema(true);
    here = OpenedCassandra.of(system, cassandra, groups, () -> retired.set(true));
    there = OpenedCassandra.of(system, cassandra, new GroupSizes(), () -> {});
  }

  @AfterEach
  void close() {
    cassandra.close();
    TestKit.shutdownActorSystem(system);
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private <T> List<T> all(Source<T, ?> source) {
    return await(source.runWith(Sink.seq(), system));
  }

  private static Claim append(OpenedCassandra proxy, EntityKey key, StoredEvent... events) {
    Claim claim = await(proxy.claims().claim(key));
    append(proxy, key, claim, events);
    return claim;
  }

  private static void append(
      OpenedCassandra proxy, EntityKey key, Claim claim, StoredEvent... events) {
    await(proxy.tail().append(key, claim.epoch(), List.of(events)));
  }

  private List<StoredEvent> read(OpenedCassandra proxy, EntityKey key) {
    return all(proxy.events().read(key.persistenceId(), 1, Long.MAX_VALUE));
  }

  private List<StoredEvent> logged(OpenedCassandra proxy) {
    return all(proxy.log().bySlices("cart", 0, EventLog.SLICES - 1, 0)).stream()
        .map(LoggedEvent::event)
        .toList();
  }

  private void assertStored(OpenedCassandra proxy, StoredEvent... events) {
    assertThat(read(proxy, CART)).containsExactly(events);
    assertThat(logged(proxy)).containsExactly(events);
  }

  @Test
  void who_takes_an_entity_finds_what_stands_in_the_tail_of_the_one_before() {
    Claim claim = append(here, CART, event(1, "a"), event(2, "b"));
    append(here, CART, claim, event(3, "c"));

    assertThat(await(there.claims().claim(CART)).last()).isEqualTo(3);

    assertStored(there, event(1, "a"), event(2, "b"), event(3, "c"));
  }

  @Test
  void what_stands_in_a_tail_is_read_behind_what_was_moved() {
    Claim claim = append(here, CART, event(1, "a"));
    await(here.tail().move());
    append(here, CART, claim, event(2, "b"));

    assertThat(read(there, CART)).containsExactly(event(1, "a"), event(2, "b"));
    assertThat(all(there.events().read(CART.persistenceId(), 2, 2))).containsExactly(event(2, "b"));
    assertThat(logged(there)).containsExactly(event(1, "a"));
  }

  @Test
  void what_is_moved_stands_in_the_history_and_the_log_and_no_longer_in_the_tail() {
    append(here, CART, event(1, "a"), event(2, "b"));
    append(here, OTHER, event(1, "x"));

    await(here.tail().move());

    assertThat(await(there.tails().entities(here.writer()))).isEmpty();
    assertThat(read(there, CART)).containsExactly(event(1, "a"), event(2, "b"));
    assertThat(logged(there)).containsExactly(event(1, "a"), event(2, "b"), event(1, "x"));
    assertThat(await(there.claims().claim(CART)).last()).isEqualTo(2);
  }

  @Test
  void what_was_moved_to_too_few_replicas_is_whole_again_for_who_takes_the_entity() {
    Claim claim = append(here, CART, event(1, "a"));
    append(here, CART, claim, event(2, "b"));
    append(here, CART, claim, event(3, "c"));
    // What a quorum may see of a move that did not come to an end.
    List<WrittenBlock> written = await(there.tails().read(Set.of(here.writer()), CART));
    await(new Blocks(cassandra, new Payloads(cassandra)).putAll(List.of(written.get(2))));

    assertThat(await(there.claims().claim(CART)).last()).isEqualTo(3);

    assertStored(there, event(1, "a"), event(2, "b"), event(3, "c"));
  }

  @Test
  void events_that_follow_each_other_are_moved_as_one_block() {
    Claim claim = append(here, CART, event(1, "a"));
    append(here, CART, claim, event(2, "b"), event(3, "c"));
    append(here, CART, claim, event(4, "d"));
    await(here.tail().move());
    append(here, CART, claim, event(5, "e"));
    await(here.tail().move());

    assertThat(await(cassandra.all(cassandra.prepare("SELECT first, last FROM {blocks}").bind())))
        .extracting(row -> row.getLong("first"), row -> row.getLong("last"))
        .containsExactly(tuple(1L, 4L), tuple(5L, 5L));
    assertThat(all(there.events().read(CART.persistenceId(), 3, 4)))
        .containsExactly(event(3, "c"), event(4, "d"));
    assertThat(logged(there))
        .containsExactly(event(1, "a"), event(2, "b"), event(3, "c"), event(4, "d"), event(5, "e"));
    assertThat(await(there.claims().claim(CART)).last()).isEqualTo(5);
  }

  @Test
  void a_part_of_what_was_moved_as_one_block_is_deleted() {
    Claim claim = append(here, CART, event(1, "a"));
    append(here, CART, claim, event(2, "b"));
    append(here, CART, claim, event(3, "c"));
    await(here.tail().move());

    await(here.deletions().delete(CART, claim.epoch(), 2));

    assertStored(there, event(3, "c"));
  }

  @Test
  void one_block_of_the_history_that_is_several_in_a_tail_counts_once() {
    Claim claim = append(here, CART, event(1, "a"));
    append(here, CART, claim, event(2, "b"));
    append(here, CART, claim, event(3, "c"));
    // A move ends before its mark is written.
    var moved = Blocks.bytes(List.of(event(1, "a"), event(2, "b")));
    var payload = new Payload(ByteBuffer.wrap(moved), null, 0);
    long place = await(there.tails().read(Set.of(here.writer()), CART)).get(2).block().place();
    var one = List.of(new WrittenBlock(CART, claim.epoch(), new Block(1, 2, place, 0, payload)));
    var blocks = new Blocks(cassandra, new Payloads(cassandra));
    await(blocks.enterAll(one));
    await(blocks.putAll(one));

    assertThat(await(there.claims().claim(CART)).last()).isEqualTo(3);

    assertStored(there, event(1, "a"), event(2, "b"), event(3, "c"));
  }

  @Test
  void what_an_overtaken_writer_moves_as_one_block_hides_nothing_of_the_next() {
    Claim lost = append(here, CART, event(1, "a"));
    append(here, CART, lost, event(2, "b"));
    Claim taken = await(there.claims().claim(CART));
    append(there, CART, taken, event(3, "c"));
    await(there.tail().move());

    append(here, CART, lost, event(3, "late"));
    await(here.tail().move());

    assertStored(there, event(1, "a"), event(2, "b"), event(3, "c"));
  }

  @Test
  void blocks_on_both_sides_of_the_end_of_a_bucket_need_no_more_requests_than_others() {
    var payload = new Payload(ByteBuffer.wrap(Blocks.bytes(List.of(event(1, "a")))), null, 0);
    var before = new Places(1, () -> LAST_MILLI_OF_BUCKET);
    var after = new Places(1, () -> LAST_MILLI_OF_BUCKET + 1);
    // More than a connection takes at once.
    List<WrittenBlock> blocks =
        IntStream.rangeClosed(1, 4_000)
            .mapToObj(i -> new Block(i, i, (i % 2 == 0 ? before : after).next(1), 0, payload))
            .map(block -> new WrittenBlock(CART, 1, block))
            .toList();

    await(new Blocks(cassandra, new Payloads(cassandra)).enterAll(blocks));
  }

  @Test
  void writes_that_wait_at_the_same_time_are_stored_by_one_request() {
    Claim one = await(here.claims().claim(CART));
    Claim two = await(here.claims().claim(OTHER));
    var sizes = new ConcurrentLinkedQueue<Integer>();
    groups.watch(sizes::add);

    var writes =
        IntStream.rangeClosed(1, 10)
            .boxed()
            .flatMap(
                i ->
                    Stream.of(
                        here.tail().append(CART, one.epoch(), List.of(event(i, "a" + i))),
                        here.tail().append(OTHER, two.epoch(), List.of(event(i, "b" + i)))))
            .toList();
    writes.forEach(CassandraTailTest::await);

    assertThat(sizes).hasSizeLessThan(20);
    assertThat(sizes.stream().mapToInt(size -> size).sum()).isEqualTo(20);
    await(here.tail().move());
    assertThat(read(there, CART)).hasSize(10);
    assertThat(read(there, OTHER)).hasSize(10);
  }

  @Test
  void a_writer_takes_up_its_own_entity_again_behind_what_it_did_not_move() {
    append(here, CART, event(1, "a"));

    assertThat(await(here.claims().claim(CART)).last()).isEqualTo(1);
    assertThat(read(here, CART)).containsExactly(event(1, "a"));
  }

  @Test
  void what_an_overtaken_writer_still_stores_counts_for_nobody() {
    Claim lost = append(here, CART, event(1, "a"));
    await(there.claims().claim(CART));

    append(here, CART, lost, event(2, "late"));

    assertThat(read(there, CART)).containsExactly(event(1, "a"));
    await(here.tail().move());
    assertThat(read(there, CART)).containsExactly(event(1, "a"));
    Claim again = await(here.claims().claim(CART));
    assertThat(again.last()).isEqualTo(1);
    append(here, CART, again, event(2, "new"));
    assertThat(read(there, CART)).containsExactly(event(1, "a"), event(2, "new"));
    assertThat(logged(here)).containsExactly(event(1, "a"), event(2, "new"));
  }

  @Test
  void what_a_claim_that_was_cut_short_left_in_a_tail_is_found_by_the_next() {
    append(here, CART, event(1, "a"));
    // It took the entity, and ended before it looked for anything.
    await(
        cassandra.run(
            cassandra
                .prepare(
                    "UPDATE {entities} SET epoch = 2, owner = ?, victims = ? WHERE id = ?"
                        + " IF epoch = 1")
                .bind(1_000_000L, Set.of(here.writer()), CART.id())));

    assertThat(await(there.claims().claim(CART)).last()).isEqualTo(1);
    assertThat(read(there, CART)).containsExactly(event(1, "a"));
  }

  @Test
  void the_tail_of_a_writer_that_is_silent_for_long_is_settled_by_another() {
    append(here, CART, event(1, "a"), event(2, "b"));
    append(here, OTHER, event(1, "x"));
    Claim taken = append(there, EntityKey.of("cart|carl"), event(1, "kept"));
    var nanos = new AtomicLong();
    var watch =
        new DeadWriters(there.tails(), there.fences(), there.claims(), there.writer(), nanos::get);
    watch.check();
    for (int i = 0; i < 3; i++) {
      nanos.addAndGet(Duration.ofSeconds(20).toNanos());
      assertThat(await(there.tails().writer(here.writer()))).isNotNull();
      watch.check();
    }

    assertThat(await(there.tails().writer(here.writer()))).isNull();
    assertThat(await(there.tails().writer(there.writer()))).isNotNull();
    assertThat(logged(there))
        .containsExactlyInAnyOrder(event(1, "a"), event(2, "b"), event(1, "x"), event(1, "kept"));
    assertThat(await(there.claims().holds(EntityKey.of("cart|carl"), taken.epoch()))).isTrue();
  }

  @Test
  void a_writer_counts_as_dead_only_after_an_unbroken_time_of_silence() {
    var nanos = new AtomicLong();
    var watch =
        new DeadWriters(there.tails(), there.fences(), there.claims(), there.writer(), nanos::get);
    watch.check();
    for (int i = 0; i < 20; i++) {
      nanos.addAndGet(Duration.ofSeconds(20).toNanos());
      here.tail().tick();
      await(here.tail().move());
      watch.check();
    }
    // As long as that, nobody was looking.
    nanos.addAndGet(Duration.ofSeconds(50).toNanos());
    watch.check();
    nanos.addAndGet(Duration.ofSeconds(20).toNanos());
    watch.check();

    assertThat(await(there.tails().writer(here.writer()))).isNotNull();
  }

  @Test
  void a_writer_that_was_taken_for_dead_acknowledges_nothing_more() {
    append(here, CART, event(1, "a"));
    Claim kept = append(here, OTHER, event(1, "x"));
    await(there.tails().retire(here.writer()));
    await(there.fences().raise(List.of(here.writer())));

    assertThatThrownBy(() -> await(here.tail().append(OTHER, kept.epoch(), List.of(event(2, "y")))))
        .hasMessageContaining("was taken for dead");
    assertThat(retired).isTrue();
    assertThatThrownBy(() -> append(here, EntityKey.of("cart|new"), event(1, "z")))
        .hasMessageContaining("was taken for dead");
  }

  @Test
  void a_tail_grows_no_longer_than_others_look_for_it() {
    var clock = new AtomicLong(System.currentTimeMillis());
    var payloads = new Payloads(cassandra);
    var tail =
        new Tail(
            here.tails(),
            new Blocks(cassandra, payloads),
            payloads,
            new Places(here.writer(), clock::get),
            () -> CompletableFuture.completedFuture(0L),
            groups,
            here.writer(),
            Duration.ofSeconds(10));
    await(tail.begin());
    await(tail.append(CART, 1, List.of(event(1, "a"))));
    clock.addAndGet(Duration.ofMinutes(5).toMillis());

    await(tail.append(CART, 1, List.of(event(2, "b"))));

    assertThat(await(here.tails().entities(here.writer()))).containsExactly(CART);
    long mark = await(here.tails().writer(here.writer())).mark();
    assertThat(Places.millisBetween(mark, Places.at(clock.get()))).isLessThan(30_000);
  }
}
