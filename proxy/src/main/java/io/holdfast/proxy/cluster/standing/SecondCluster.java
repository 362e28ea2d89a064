// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster.standing;

import akka.actor.AbstractActorWithTimers;
import akka.actor.ActorSystem;
import akka.actor.Address;
import akka.actor.Props;
import akka.cluster.Cluster;
import akka.cluster.Member;
import akka.cluster.UniqueAddress;
import io.holdfast.proxy.cluster.standing.StandingMessage.Answer;
import io.holdfast.proxy.cluster.standing.StandingMessage.Question;
import io.holdfast.proxy.cluster.standing.StandingMessage.View;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has this node leave a cluster that was founded beside another one.
 *
 * <p>Of the seed nodes only the first founds a cluster, when none of the others lets it in. If it
 * is started while it is cut off from them, it founds a second one, and nothing of Akka brings the
 * two together when the network is whole again. So members of the cluster that the first seed node
 * is in ask the seed nodes that are not in it what they are to them. One that goes on to say that
 * they are no members is in another cluster. That one is older, for an earlier start of the first
 * seed node has founded it; and whoever asked leaves, and is let in there once it is started again.
 */
public final class SecondCluster extends AbstractActorWithTimers {

  private static final Logger log = LoggerFactory.getLogger(SecondCluster.class);
  private static final String NAME = "second-cluster";
  private static final Duration ASK_EVERY = Duration.ofSeconds(1);

  private enum Ask {
    ASK
  }

  private final Cluster cluster = Cluster.get(getContext().getSystem());
  private final List<Address> seeds;
  private final Duration patience;
  private final Map<UniqueAddress, Long> deniedSinceNanos = new HashMap<>();
  private long questions;
  private boolean ended;

  private SecondCluster(List<Address> seeds, Duration patience) {
    this.seeds = List.copyOf(seeds);
    this.patience = patience;
  }

  /**
   * Watches over this node's cluster. One seed node alone cannot be in two clusters.
   *
   * @param patience for how long another node has to say that this one is no member: by then any
   *     decision to remove that other node has been carried out
   */
  public static void watch(ActorSystem system, List<Address> seeds, Duration patience) {
    if (seeds.size() > 1) {
      system.actorOf(
          Props.create(SecondCluster.class, () -> new SecondCluster(seeds, patience)), NAME);
    }
  }

  @Override
  public void preStart() {
    getTimers().startTimerWithFixedDelay(Ask.ASK, Ask.ASK, ASK_EVERY);
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(Ask.class, ask -> ask())
        .match(Answer.class, this::answered)
        .build();
  }

  private void ask() {
    Set<Address> members = members();
    if (ended || !Inquirer.isInFull(cluster.selfMember()) || !members.contains(seeds.get(0))) {
      deniedSinceNanos.clear();
      return;
    }
    var question = new Question(++questions, cluster.selfUniqueAddress().longUid());
    for (Address seed : seeds) {
      if (!members.contains(seed)) {
        Inquirer.at(getContext(), seed).tell(question, self());
      }
    }
  }

  private Set<Address> members() {
    var members = new HashSet<Address>();
    for (Member member : cluster.state().getMembers()) {
      members.add(member.address());
    }
    return members;
  }

  private void answered(Answer answer) {
    var node = new UniqueAddress(sender().path().address(), answer.uid());
    if (ended || answer.number() != questions || !answer.sure()) {
      return;
    }
    if (answer.view() != View.REMOVED) {
      deniedSinceNanos.remove(node);
      return;
    }
    long now = System.nanoTime();
    long since = deniedSinceNanos.computeIfAbsent(node, denied -> now);
    if (now - since >= patience.toNanos()) {
      ended = true;
      log.error(
          "This node's cluster was founded beside that of {}: it leaves",
          node.address().hostPort());
      cluster.down(cluster.selfAddress());
    }
  }
}
