// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.BootstrapSetup;
import akka.actor.Dropped;
import akka.actor.SuppressedDeadLetter;
import akka.actor.UnhandledMessage;
import akka.actor.setup.ActorSystemSetup;
import akka.testkit.javadsl.TestKit;
import com.google.protobuf.ByteString;
import com.typesafe.config.ConfigFactory;
import io.grpc.Deadline;
import io.holdfast.protocol.Metadata;
import io.holdfast.proxy.ProxyConfig;
import io.holdfast.proxy.cluster.EventLoopSetup;
import io.holdfast.proxy.cluster.standing.Standings;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.CommandMethod;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import io.holdfast.proxy.function.EventLoops;
import io.netty.channel.EventLoopGroup;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The shards are the test: it has each command that they are given. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TripsTest {

  private static final CommandMethod ADD =
      new CommandMethod("test.Counters", "Add", "test.Add", "test.Total");
  private static final EventLoopGroup loops = EventLoops.create(1, "test-loops");
  private static final ActorSystem system =
      ActorSystem.create(
          "holdfast",
          ActorSystemSetup.create(
              BootstrapSetup.create(
                  ProxyConfig.load(ConfigFactory.parseMap(Map.of("holdfast.store", "memory")))),
              new EventLoopSetup(loops)));

  private final BlockingQueue<Deliver> shards = new LinkedBlockingQueue<>();
  private final AtomicLong now = new AtomicLong();
  private final Placements placements = new Placements(system, now::get);
  private final Trips trips =
      new Trips(
          system,
          shards::add,
          new Obstacles(system, new EntityShards(1), Standings.sure(), placements),
          System::nanoTime);
  private final Client client = new Client();

  @AfterAll
  static void shutDown() {
    TestKit.shutdownActorSystem(system);
    var unused = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private static Command add(Deadline deadline) {
    return new Command(
        new EntityId("counter", "red"),
        ADD,
        ByteString.EMPTY,
        Metadata.getDefaultInstance(),
        deadline);
  }

  private Deliver begin(long seconds) throws Exception {
    trips.begin(add(Deadline.after(seconds, TimeUnit.SECONDS)), client);
    return next();
  }

  private Deliver next() throws Exception {
    Deliver next = shards.poll(20, TimeUnit.SECONDS);
    assertThat(next).as("a command for the shards").isNotNull();
    return next;
  }

  private static RemoteReplyTo leaving(Attempt attempt) {
    return Objects.requireNonNull(attempt.leaving());
  }

  private static void loses(Deliver command) {
    ActorRef nobody = system.deadLetters();
    system.eventStream().publish(new SuppressedDeadLetter(command, nobody, nobody));
  }

  private static Outcome replied() {
    return new Outcome.Replied(ByteString.copyFromUtf8("done"), Metadata.getDefaultInstance());
  }

  private static final class Client implements ReplyTo {
    private final CompletableFuture<Outcome> heard = new CompletableFuture<>();

    @Override
    public void complete(Outcome outcome) {
      heard.complete(outcome);
    }

    @Override
    public boolean abandoned() {
      return false;
    }

    String hears() throws Exception {
      Outcome outcome = heard.get(20, TimeUnit.SECONDS);
      return outcome instanceof Outcome.Failed failed
          ? failed.failure().code() + " " + failed.failure().detail()
          : "replied";
    }
  }

  @Test
  void a_command_that_nobody_took_in_is_sent_again_until_somebody_does() throws Exception {
    Deliver first = begin(60);
    loses(first);
    loses(next());
    // A shard that is being handed over handles nothing.
    system
        .eventStream()
        .publish(new UnhandledMessage(next(), system.deadLetters(), system.deadLetters()));
    // Nor does a region keep what it had held back for it.
    ActorRef nobody = system.deadLetters();
    nobody.tell(new Dropped(next(), "handed over", nobody, nobody), ActorRef.noSender());
    next().replyTo().complete(replied());
    assertThat(client.hears()).isEqualTo("replied");
    assertThat(trips.count()).isZero();
  }

  @Test
  void a_command_that_another_node_sends_back_is_sent_again() throws Exception {
    var attempt = (Attempt) begin(60).replyTo();
    leaving(attempt).sendBack();
    next().replyTo().complete(replied());
    assertThat(client.hears()).isEqualTo("replied");
  }

  @Test
  void a_command_that_came_from_another_node_is_sent_back_when_nobody_takes_it_in()
      throws Exception {
    var attempt = (Attempt) begin(60).replyTo();
    loses(Deliver.byShard(attempt.trip().command(), leaving(attempt)));
    assertThat(((Attempt) next().replyTo()).trip()).isSameAs(attempt.trip());
  }

  @Test
  void a_command_that_a_lost_node_had_is_not_sent_again() throws Exception {
    var attempt = (Attempt) begin(60).replyTo();
    leaving(attempt);
    attempt.sentTo("10.0.0.1:2551");
    trips.lost("10.0.0.2:2551");
    assertThat(client.heard).isNotDone();
    trips.lost("10.0.0.1:2551");
    assertThat(client.hears())
        .isEqualTo(
            "INDETERMINATE counter/red Add: node 10.0.0.1:2551 was lost, which had it; the outcome"
                + " is unknown");
    assertThat(shards).isEmpty();
  }

  @Test
  void a_node_that_ends_refuses_what_nobody_took_in_and_what_still_comes() throws Exception {
    begin(60);
    var elsewhere = new Client();
    trips.begin(add(Deadline.after(60, TimeUnit.SECONDS)), elsewhere);
    leaving((Attempt) next().replyTo());

    trips.end();

    String refusal =
        "UNAVAILABLE counter/red Add: this node was put out of its cluster before an entity had it;"
            + " nothing happened";
    assertThat(client.hears()).isEqualTo(refusal);
    var late = new Client();
    trips.begin(add(Deadline.after(60, TimeUnit.SECONDS)), late);
    assertThat(late.hears()).isEqualTo(refusal);
    assertThat(elsewhere.heard).isNotDone();
  }

  @Test
  void a_command_that_was_passed_on_is_lost_with_the_node_that_has_it_now() throws Exception {
    var attempt = (Attempt) begin(60).replyTo();
    RemoteReplyTo away = leaving(attempt);
    attempt.sentTo("10.0.0.1:2551");
    trips.passedOn(new RemotePassedOn(away.correlation(), "10.0.0.2:2551"));
    trips.lost("10.0.0.1:2551");
    assertThat(client.heard).isNotDone();
    trips.lost("10.0.0.2:2551");
    assertThat(client.hears()).startsWith("INDETERMINATE");
  }

  @Test
  void a_command_whose_entity_is_here_is_not_lost_with_any_node() throws Exception {
    Deliver deliver = begin(60);
    assertThat(deliver.replyTo().reached()).isTrue();
    trips.lost("10.0.0.1:2551");
    assertThat(client.heard).isNotDone();
    deliver.replyTo().complete(replied());
    assertThat(client.hears()).isEqualTo("replied");
  }

  @Test
  void a_command_whose_shard_finds_no_node_in_time_says_so_and_that_nothing_happened()
      throws Exception {
    begin(0);
    assertThat(client.hears())
        .startsWith("EXPIRED counter/red Add: its shard 0 had no node for ")
        .endsWith(" ms: this node is not in its cluster; nothing happened");
    assertThat(trips.count()).isZero();
  }

  @Test
  void a_node_that_does_not_answer_in_time_is_named_and_the_outcome_is_unknown() throws Exception {
    // Time enough to say where it went.
    var attempt = (Attempt) begin(1).replyTo();
    leaving(attempt);
    attempt.sentTo("10.0.0.1:2551");
    assertThat(client.hears())
        .startsWith("TIMED_OUT counter/red Add: node 10.0.0.1:2551 has not answered for ")
        .endsWith(" ms; the outcome is unknown");
  }

  @Test
  void a_command_that_may_be_on_its_way_to_a_lost_node_is_sent_anew_and_taken_in_once()
      throws Exception {
    Deliver first = begin(60);
    trips.lost("10.0.0.1:2551");
    Deliver second = next();
    assertThat(first.replyTo().reached()).isFalse();
    assertThat(((Attempt) first.replyTo()).leaving()).isNull();
    // Nor does it matter any more that nobody got it.
    loses(first);
    assertThat(second.replyTo().reached()).isTrue();
    assertThat(shards).isEmpty();
    second.replyTo().complete(replied());
    assertThat(client.hears()).isEqualTo("replied");
  }

  @Test
  void a_forward_that_reached_nobody_is_sent_again_and_not_what_was_forwarded() throws Exception {
    Deliver first = begin(60);
    assertThat(first.replyTo().reached()).isTrue();
    Command forward = add(Deadline.after(60, TimeUnit.SECONDS));
    loses(Deliver.direct(forward, first.replyTo()));
    Deliver second = next();
    assertThat(second.command()).isSameAs(forward);
    assertThat(second.replyTo().reached()).isTrue();
    second.replyTo().complete(replied());
    assertThat(client.hears()).isEqualTo("replied");
  }

  @Test
  void a_command_that_its_entity_gave_back_is_sent_again() throws Exception {
    Deliver first = begin(60);
    assertThat(first.replyTo().reached()).isTrue();
    loses(first);
    Deliver second = next();
    assertThat(second.replyTo().reached()).isTrue();
    second.replyTo().complete(replied());
    assertThat(client.hears()).isEqualTo("replied");
  }

  @Test
  void a_command_that_nobody_ever_takes_in_ends_after_so_many_attempts() throws Exception {
    trips.begin(add(Deadline.after(10, TimeUnit.MINUTES)), client);
    Trip trip = ((Attempt) next().replyTo()).trip();
    for (int i = 0; i < Trips.RETURNS_MAX; i++) {
      trip.nextAttempt();
    }
    loses(trip.attempt().deliver());
    assertThat(client.hears())
        .isEqualTo(
            "UNAVAILABLE counter/red Add: no entity took it in, in 50 attempts; nothing happened");
  }

  @Test
  void a_command_whose_shards_nobody_places_is_refused_before_its_time_is_up() throws Exception {
    begin(60);
    placements.unplaced("counter", "10.0.0.1:2551", true);
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
    placements.unplaced("counter", "10.0.0.1:2551", true);
    trips.sweep();
    assertThat(client.heard).isNotDone();
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
    assertThat(client.hears())
        .isEqualTo(
            "UNAVAILABLE counter/red Add: its shards would be placed by node 10.0.0.1:2551, whose"
                + " function does not have entity type counter; nothing happened");
  }

  @Test
  void a_node_that_starts_has_time_to_discover_its_function() throws Exception {
    begin(60);
    placements.unplaced("counter", "10.0.0.1:2551", false);
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(9_999));
    placements.unplaced("counter", "10.0.0.1:2551", false);
    trips.sweep();
    assertThat(client.heard).isNotDone();
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
    assertThat(client.hears())
        .startsWith("UNAVAILABLE")
        .contains("which has not discovered a function with entity type counter");
  }

  @Test
  void a_command_whose_type_is_placed_after_all_waits() throws Exception {
    Deliver deliver = begin(60);
    placements.unplaced("counter", "10.0.0.1:2551", true);
    placements.placed("counter");
    now.addAndGet(TimeUnit.SECONDS.toNanos(5));
    trips.sweep();
    assertThat(deliver.replyTo().reached()).isTrue();
    deliver.replyTo().complete(replied());
    assertThat(client.hears()).isEqualTo("replied");
  }

  @Test
  void a_command_that_went_straight_to_an_entity_which_had_gone_takes_the_long_way()
      throws Exception {
    loses(Deliver.direct(add(Deadline.after(60, TimeUnit.SECONDS)), client));
    next().replyTo().complete(replied());
    assertThat(client.hears()).isEqualTo("replied");
  }
}
