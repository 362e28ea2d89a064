// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.AbstractActor;
import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.BootstrapSetup;
import akka.actor.Props;
import akka.actor.SuppressedDeadLetter;
import akka.actor.setup.ActorSystemSetup;
import akka.cluster.Cluster;
import akka.testkit.javadsl.TestKit;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.grpc.Deadline;
import io.holdfast.protocol.Metadata;
import io.holdfast.proxy.ProxyConfig;
import io.holdfast.proxy.cluster.ClusterNode;
import io.holdfast.proxy.cluster.EventLoopSetup;
import io.holdfast.proxy.cluster.standing.Standing;
import io.holdfast.proxy.cluster.standing.Standings;
import io.holdfast.proxy.cluster.standing.TestClock;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.CommandMethod;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.discovery.EntityKind;
import io.holdfast.proxy.discovery.EntityService;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import io.holdfast.proxy.entity.SessionMessage.Passivate;
import io.holdfast.proxy.entity.actor.LiveEntities;
import io.holdfast.proxy.function.EventLoops;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Two nodes in one JVM that speak to each other over TCP. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ShardingRouterTest {

  private static final CommandMethod WHO =
      new CommandMethod("test.Homes", "Who", "test.Who", "test.Answer");
  private static final EventLoopGroup loops = EventLoops.create(2, "test-loops");
  private static final ActorSystem one = node("");
  private static final ActorSystem two =
      node("127.0.0.1:" + Cluster.get(one).selfAddress().getPort().orElseThrow());
  private static final TestClock clock = new TestClock();
  private static final Standing standing = Standings.by(clock);
  private static ShardingRouter fromOne;
  private static ShardingRouter fromTwo;

  private static ActorSystem node(String seeds) {
    Config config =
        ProxyConfig.load(
            ConfigFactory.parseMap(
                Map.of(
                    "holdfast.cluster.seed-nodes",
                    seeds,
                    "holdfast.cluster.shards",
                    16,
                    "holdfast.store",
                    "memory")));
    return ActorSystem.create(
        "holdfast",
        ActorSystemSetup.create(BootstrapSetup.create(config), new EventLoopSetup(loops)));
  }

  @BeforeAll
  static void formCluster() throws Exception {
    var first = ClusterNode.join(one, one.settings().config().getConfig("holdfast.cluster"));
    first.up().toCompletableFuture().get(20, TimeUnit.SECONDS);
    var second = ClusterNode.join(two, two.settings().config().getConfig("holdfast.cluster"));
    second.up().toCompletableFuture().get(20, TimeUnit.SECONDS);
    fromOne = router(one, "one", standing);
    fromTwo = router(two, "two", Standings.sure());
  }

  @AfterAll
  static void shutDown() {
    TestKit.shutdownActorSystem(two);
    TestKit.shutdownActorSystem(one);
    var unused = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private static ShardingRouter router(ActorSystem system, String name, Standing standing)
      throws Exception {
    var router =
        new ShardingRouter(
            system,
            (type, service, live) -> Props.create(Home.class, () -> new Home(name, live)),
            standing,
            new ShardingSettings(16, 1000));
    router.open(
        new EntityService(
            homes(), EntityKind.EVENT_SOURCED, "home", Duration.ofMinutes(5), List.of()));
    return router;
  }

  private static ServiceDescriptor homes() throws Exception {
    var file =
        FileDescriptorProto.newBuilder()
            .setName("homes.proto")
            .setPackage("test")
            .addService(ServiceDescriptorProto.newBuilder().setName("Homes"))
            .build();
    return FileDescriptor.buildFrom(file, new FileDescriptor[0]).getServices().get(0);
  }

  /** An entity that says on which node it lives, and how often it was asked. */
  private static final class Home extends AbstractActor {
    private final String node;
    private final LiveEntities live;
    private final EntityId id = new EntityId("home", self().path().name());
    private int asked;

    Home(String node, LiveEntities live) {
      this.node = node;
      this.live = live;
    }

    @Override
    public void preStart() {
      live.entered(id, self());
    }

    @Override
    public void postStop() {
      live.left(id, self());
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder()
          .match(Deliver.class, this::answer)
          .match(Passivate.class, passivate -> getContext().stop(self()))
          .build();
    }

    private void answer(Deliver deliver) {
      asked++;
      deliver
          .replyTo()
          .complete(
              new Outcome.Replied(
                  ByteString.copyFromUtf8(
                      node + " " + asked + (deliver.direct() ? " directly" : "")),
                  Metadata.getDefaultInstance()));
    }
  }

  private static Command who(String key) {
    return who(key, Deadline.after(20, TimeUnit.SECONDS));
  }

  private static Command who(String key, Deadline deadline) {
    return new Command(
        new EntityId("home", key), WHO, ByteString.EMPTY, Metadata.getDefaultInstance(), deadline);
  }

  private static String ask(ShardingRouter router, String key) throws Exception {
    var client = new Client();
    router.route(who(key), client);
    return client.hears();
  }

  private static final class Client implements ReplyTo {
    private final CompletableFuture<Outcome> heard = new CompletableFuture<>();

    @Override
    public void complete(Outcome outcome) {
      heard.complete(outcome);
    }

    @Override
    public boolean abandoned() {
      return heard.isDone();
    }

    String hears() throws Exception {
      Outcome outcome = heard.get(20, TimeUnit.SECONDS);
      return outcome instanceof Outcome.Replied replied
          ? replied.payload().toStringUtf8()
          : ((Outcome.Failed) outcome).failure().code().name();
    }
  }

  @Test
  void an_entity_lives_once_wherever_its_commands_come_in() throws Exception {
    Set<String> nodes = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      String key = "user-" + i;
      String first = ask(fromOne, key);
      String second = ask(fromTwo, key);
      String home = first.substring(0, 3);
      nodes.add(home);
      assertThat(first).isEqualTo(home + " 1");
      assertThat(second).isEqualTo(home + " 2" + (home.equals("two") ? " directly" : ""));
    }
    assertThat(nodes).isNotEmpty();
  }

  @Test
  void a_command_that_missed_its_entity_on_the_short_way_takes_the_long_one() throws Exception {
    var client = new Client();
    loses(Deliver.direct(who("missed"), client));
    assertThat(client.hears()).endsWith(" 1");
  }

  private static void loses(Deliver command) {
    ActorRef nobody = one.deadLetters();
    one.eventStream().publish(new SuppressedDeadLetter(command, nobody, nobody));
  }

  @Test
  void commands_wait_while_their_node_is_not_sure_to_be_a_member() throws Exception {
    assertThat(ask(fromOne, "slept")).endsWith(" 1");
    clock.passes(Duration.ofSeconds(40));
    var patient = new Client();
    fromOne.route(who("slept"), patient);
    var hasty = new Client();
    fromOne.route(who("slept", Deadline.after(50, TimeUnit.MILLISECONDS)), hasty);
    Outcome expired = hasty.heard.get(20, TimeUnit.SECONDS);
    assertThat(((Outcome.Failed) expired).failure().code()).isEqualTo(Failure.Code.EXPIRED);
    assertThat(((Outcome.Failed) expired).failure().detail())
        .contains("this node stood still for 40000 ms, and asks")
        .endsWith("nothing happened");
    assertThat(patient.heard).isNotDone();
    Standings.confirm(standing);
    assertThat(patient.hears()).endsWith(" 2");
    // The other one was not carried out.
    assertThat(ask(fromTwo, "slept")).contains(" 3");
  }

  @Test
  void a_type_that_nobody_opened_is_unknown() throws Exception {
    var client = new Client();
    fromOne.route(
        new Command(
            new EntityId("nothing", "x"),
            WHO,
            ByteString.EMPTY,
            Metadata.getDefaultInstance(),
            Deadline.after(1, TimeUnit.SECONDS)),
        client);
    assertThat(client.hears()).isEqualTo("UNKNOWN_COMMAND");
  }
}
