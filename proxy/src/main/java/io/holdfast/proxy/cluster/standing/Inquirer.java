// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster.standing;

import akka.actor.AbstractActorWithTimers;
import akka.actor.ActorContext;
import akka.actor.ActorSelection;
import akka.actor.ActorSystem;
import akka.actor.Address;
import akka.actor.Props;
import akka.actor.RootActorPath;
import akka.cluster.Cluster;
import akka.cluster.ClusterEvent.CurrentClusterState;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.UniqueAddress;
import io.holdfast.proxy.cluster.standing.StandingMessage.Answer;
import io.holdfast.proxy.cluster.standing.StandingMessage.Question;
import io.holdfast.proxy.cluster.standing.StandingMessage.View;
import io.holdfast.proxy.text.DurationText;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the clock, asks the other members while this node is in doubt, and answers theirs.
 *
 * <p>Nodes that removed this one a while ago have it in quarantine and do not read its questions.
 * Akka does not say so to it; it ends when its split-brain resolver decides, or its patience is
 * over.
 */
final class Inquirer extends AbstractActorWithTimers {

  private static final Logger log = LoggerFactory.getLogger(Inquirer.class);
  private static final String NAME = "standing";
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final Set<MemberStatus> IN_FULL =
      Set.of(MemberStatus.up(), MemberStatus.leaving());

  private enum Look {
    LOOK
  }

  private final Cluster cluster = Cluster.get(getContext().getSystem());
  private final Standing standing;
  private final Duration patience;
  private final Supplier<Reading> clock;
  private @Nullable Inquiry inquiry;
  private boolean ended;

  private Inquirer(Standing standing, Duration patience, Supplier<Reading> clock) {
    this.standing = standing;
    this.patience = patience;
    this.clock = clock;
  }

  static void start(
      ActorSystem system, Standing standing, Duration patience, Supplier<Reading> clock) {
    system.actorOf(
        Props.create(Inquirer.class, () -> new Inquirer(standing, patience, clock)), NAME);
  }

  /** That of another node, which answers questions. */
  static ActorSelection at(ActorContext context, Address node) {
    return context.actorSelection(new RootActorPath(node, "/").child("user").child(NAME));
  }

  /** Whether it is not on its way in, and not out. */
  static boolean isInFull(Member member) {
    return IN_FULL.contains(member.status());
  }

  @Override
  public void preStart() {
    getTimers().startTimerWithFixedDelay(Look.LOOK, Look.LOOK, LOOK_EVERY);
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(Look.class, look -> look())
        .match(Question.class, this::answer)
        .match(Answer.class, this::answered)
        .build();
  }

  private void look() {
    standing.look();
    standing.doubt().ifPresentOrElse(this::inquire, () -> inquiry = null);
  }

  private void inquire(Doubt doubt) {
    Inquiry current = inquiry;
    if (current == null || !current.doubt().equals(doubt)) {
      current = new Inquiry(doubt);
      inquiry = current;
      log.warn("After a standstill: {}", doubt.words());
    }
    if (settled(current)) {
      return;
    }
    if (clock.get().isLaterThan(doubt.since(), patience)) {
      end("no other node has confirmed in " + DurationText.of(patience) + " that it is a member");
    } else {
      ask(doubt);
    }
  }

  private void ask(Doubt doubt) {
    var question = new Question(doubt.number(), cluster.selfUniqueAddress().longUid());
    for (UniqueAddress other : others()) {
      at(getContext(), other.address()).tell(question, self());
    }
  }

  private void answered(Answer answer) {
    Inquiry current = inquiry;
    if (current != null) {
      current.answered(new UniqueAddress(sender().path().address(), answer.uid()), answer);
      settled(current);
    }
  }

  /** Carries out what follows from the answers so far; false when more are needed. */
  private boolean settled(Inquiry current) {
    MemberStatus status = cluster.selfMember().status();
    if (status.equals(MemberStatus.joining()) || status.equals(MemberStatus.weaklyUp())) {
      // It has no entities yet that could live elsewhere.
      return confirmed(current);
    }
    if (ended || !IN_FULL.contains(status)) {
      return true;
    }
    return switch (current.verdict(others())) {
      case MEMBER -> confirmed(current);
      case REMOVED -> {
        end("others have removed it from the cluster meanwhile");
        yield true;
      }
      case OPEN -> false;
    };
  }

  private boolean confirmed(Inquiry current) {
    boolean sure = standing.confirm(current.doubt());
    if (sure) {
      inquiry = null;
      log.info("This node is still a member of its cluster");
    }
    return sure;
  }

  /** As the split-brain resolver ends a node: Akka's shutdown follows, and says so. */
  private void end(String reason) {
    ended = true;
    log.error("This node stood still, and {}: it leaves", reason);
    cluster.down(cluster.selfAddress());
  }

  private Set<UniqueAddress> others() {
    var others = new HashSet<UniqueAddress>();
    for (Member member : cluster.state().getMembers()) {
      if (isInFull(member) && !member.equals(cluster.selfMember())) {
        others.add(member.uniqueAddress());
      }
    }
    return others;
  }

  private void answer(Question question) {
    // What a node that is no member knows says nothing.
    if (isInFull(cluster.selfMember())) {
      var asker = new UniqueAddress(sender().path().address(), question.uid());
      long uid = cluster.selfUniqueAddress().longUid();
      sender().tell(new Answer(question.number(), uid, view(asker), standing.sure()), self());
    }
  }

  private View view(UniqueAddress node) {
    CurrentClusterState state = cluster.state();
    for (Member member : state.getMembers()) {
      if (member.uniqueAddress().equals(node)) {
        if (member.status().equals(MemberStatus.down())) {
          return View.REMOVED;
        }
        return state.getUnreachable().contains(member) ? View.MISSED : View.MEMBER;
      }
    }
    return View.REMOVED;
  }
}
