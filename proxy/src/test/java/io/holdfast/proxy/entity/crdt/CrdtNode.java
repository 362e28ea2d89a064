// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.Address;
import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.cluster.Cluster;
import akka.cluster.UniqueAddress;
import akka.cluster.ddata.Replicator;
import akka.pattern.Patterns;
import akka.remote.RARP;
import akka.remote.testkit.Blackhole$;
import akka.remote.testkit.Direction;
import akka.remote.testkit.SetThrottle;
import akka.remote.testkit.ThrottleMode;
import akka.remote.testkit.Unthrottled$;
import akka.testkit.javadsl.TestKit;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.typesafe.config.ConfigFactory;
import io.grpc.Channel;
import io.grpc.Deadline;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.holdfast.crdt.ReplicatedState;
import io.holdfast.crdt.ReplicatedStateKey;
import io.holdfast.crdt.causal.ReplicaId;
import io.holdfast.crdt.wire.FunctionView;
import io.holdfast.crdt.wire.InvalidDeltaException;
import io.holdfast.crdt.wire.Voters;
import io.holdfast.protocol.Metadata;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.proxy.ProxyConfig;
import io.holdfast.proxy.cluster.ClusterNode;
import io.holdfast.proxy.cluster.EventLoopSetup;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.CommandMethod;
import io.holdfast.proxy.command.CommandTarget;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.discovery.EntityKind;
import io.holdfast.proxy.discovery.EntityService;
import io.holdfast.proxy.entity.FunctionPort;
import io.holdfast.proxy.entity.SessionSettings;
import io.holdfast.proxy.entity.actor.LiveEntities;
import io.holdfast.proxy.entity.crdt.replica.CrdtSettings;
import io.holdfast.proxy.entity.crdt.replica.Replication;
import io.holdfast.proxy.entity.onward.Onward;
import io.holdfast.proxy.function.Awaited;
import io.holdfast.proxy.function.EventLoops;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One node with CRDT entities, its function, and its clients. */
final class CrdtNode implements AutoCloseable {

  static final String TYPE = "carts";
  static final CommandMethod CHANGE =
      new CommandMethod("test.Carts", "Change", "test.Change", "test.Answer");
  static final CommandMethod WATCH =
      new CommandMethod("test.Carts", "Watch", "test.Change", "test.Answer");

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final CrdtFunction function = new CrdtFunction();
  final ActorSystem system;
  private final EventLoopGroup loops = EventLoops.create(2, "test-loops");
  private final ManagedChannel channel =
      Grpc.newChannelBuilderForAddress(
              "127.0.0.1", function.port(), InsecureChannelCredentials.create())
          .build();
  private final Awaited<String> reports = new Awaited<>("report to the function");
  final Living living = new Living();
  private final Replication replication;
  private final CrdtRouter router;

  /** Who is in memory, and who was. */
  static final class Living implements LiveEntities {
    private final Set<EntityId> now = ConcurrentHashMap.newKeySet();
    private final Set<EntityId> gone = ConcurrentHashMap.newKeySet();

    @Override
    public void entered(EntityId entity, ActorRef actor) {
      assertThat(now.add(entity)).as("it was not there").isTrue();
    }

    @Override
    public boolean left(EntityId entity, ActorRef actor) {
      gone.add(entity);
      return now.remove(entity);
    }

    boolean has(String key) {
      return now.contains(id(key));
    }

    boolean had(String key) {
      return gone.contains(id(key));
    }
  }

  private CrdtNode(Map<String, Object> overrides) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("holdfast.store", "memory");
    settings.put("akka.remote.artery.advanced.test-mode", "on");
    settings.put("akka.coordinated-shutdown.run-by-actor-system-terminate", "off");
    settings.putAll(overrides);
    var config = ProxyConfig.load(ConfigFactory.parseMap(settings));
    this.system =
        ActorSystem.create(
            "holdfast",
            ActorSystemSetup.create(BootstrapSetup.create(config), new EventLoopSetup(loops)));
    var holdfast = config.getConfig("holdfast");
    var crdt = CrdtSettings.from(holdfast.getConfig("crdt"));
    this.replication = replication(crdt);
    this.router =
        new CrdtRouter(
            system,
            new Function(),
            new Onward(
                (service, command) -> new Nowhere(),
                (command, replyTo) ->
                    replyTo.complete(Outcome.failed(Failure.Code.UNAVAILABLE, "nobody is there")),
                report -> {},
                Duration.ofSeconds(20),
                16),
            replication,
            type -> living,
            SessionSettings.from(holdfast.getConfig("entity")),
            crdt);
    router.open(
        new EntityService(
            carts(),
            EntityKind.CRDT,
            TYPE,
            config.hasPath("test.passivate-after")
                ? config.getDuration("test.passivate-after")
                : Duration.ofMinutes(5),
            List.of()));
    try {
      ClusterNode.join(system, holdfast.getConfig("cluster"))
          .up()
          .toCompletableFuture()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the node did not come up", e);
    }
  }

  private Replication replication(CrdtSettings settings) {
    try {
      return Replication.start(system, settings);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** A cluster of its own. */
  static CrdtNode alone(Map<String, Object> settings) {
    return new CrdtNode(settings);
  }

  /** A node that joins the cluster of another. */
  static CrdtNode beside(CrdtNode other, Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    Address seed = other.address();
    all.put(
        "holdfast.cluster.seed-nodes",
        seed.getHost().orElseThrow() + ":" + seed.getPort().orElseThrow());
    return new CrdtNode(all);
  }

  Address address() {
    return Cluster.get(system).selfAddress();
  }

  UniqueAddress self() {
    return Cluster.get(system).selfUniqueAddress();
  }

  /** How many nodes are up, as far as this one knows. */
  int voters() {
    return replication.voters().up().size();
  }

  private static ServiceDescriptor carts() {
    var file =
        FileDescriptorProto.newBuilder()
            .setName("carts.proto")
            .setPackage("test")
            .addService(ServiceDescriptorProto.newBuilder().setName("Carts"))
            .build();
    try {
      return FileDescriptor.buildFrom(file, new FileDescriptor[0]).getServices().get(0);
    } catch (DescriptorValidationException e) {
      throw new AssertionError(e);
    }
  }

  Client command(String key, String text) {
    var client = new Client();
    router.route(new Command(id(key), CHANGE, payload(text), headers(), deadline()), client);
    return client;
  }

  StreamedClient watch(String key) {
    var client = new StreamedClient();
    router.streamedOut(new Command(id(key), WATCH, payload(""), headers(), deadline()), client);
    return client;
  }

  static EntityId id(String key) {
    return new EntityId(TYPE, key);
  }

  private static ByteString payload(String text) {
    return ByteString.copyFromUtf8(text);
  }

  private static Metadata headers() {
    return Metadata.getDefaultInstance();
  }

  private static Deadline deadline() {
    return Deadline.after(1, TimeUnit.MINUTES);
  }

  /** The next report about that entity. */
  String nextReport(String key) {
    String report = reports.next();
    while (!report.contains(key)) {
      report = reports.next();
    }
    return report;
  }

  /** This node's replica. */
  ReplicatedState replica(String key) {
    Object answer =
        await(
            Patterns.ask(
                replication.replicator(),
                new Replicator.Get<>(key(key), Replicator.readLocal()),
                PATIENCE));
    return answer instanceof Replicator.GetSuccess<?> found
        ? (ReplicatedState) found.dataValue()
        : ReplicatedState.EMPTY;
  }

  /** Changes this node's replica as another node would. Returns once that is done. */
  void elsewhere(String key, CrdtDelta delta) {
    var other = new ReplicaId("akka://holdfast@elsewhere:1", 1, false);
    var view = FunctionView.of(replica(key), new Voters(other, Set.of(other)));
    try {
      merge(key, view.mutate(delta, System::currentTimeMillis).change());
    } catch (InvalidDeltaException e) {
      throw new AssertionError(e.what(), e);
    }
  }

  void merge(String key, ReplicatedState change) {
    await(
        Patterns.ask(
            replication.replicator(),
            new Replicator.Update<>(
                key(key),
                ReplicatedState.EMPTY,
                Replicator.writeLocal(),
                state -> state.changedBy(change)),
            PATIENCE));
  }

  private static ReplicatedStateKey key(String key) {
    return new ReplicatedStateKey(id(key).persistenceId());
  }

  private static Object await(CompletionStage<Object> answer) {
    try {
      return answer.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | InterruptedException | ExecutionException e) {
      throw new AssertionError("the replicator did not answer", e);
    }
  }

  /** From now on, nothing that the two say reaches the other. */
  void cutOff(CrdtNode other) {
    throttle(other, Blackhole$.MODULE$);
    other.throttle(this, Blackhole$.MODULE$);
  }

  void connect(CrdtNode other) {
    throttle(other, Unthrottled$.MODULE$);
    other.throttle(this, Unthrottled$.MODULE$);
  }

  private void throttle(CrdtNode other, ThrottleMode mode) {
    var command = new SetThrottle(other.address(), Direction.Both$.MODULE$, mode);
    var done = ((RARP) RARP.get(system)).provider().transport().managementCommand(command);
    await(scala.jdk.javaapi.FutureConverters.asJava(done).thenApply(Object.class::cast));
  }

  /** Leaves the cluster in good order, and stops. */
  void leave() {
    var cluster = Cluster.get(system);
    cluster.leave(cluster.selfAddress());
    try {
      system.getWhenTerminated().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (TimeoutException | InterruptedException | ExecutionException e) {
      throw new AssertionError("the node did not leave", e);
    }
    close();
  }

  /** Stops the entities, as a proxy does that shuts down. */
  void stopEntities() {
    router.stop().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    function.close();
    TestKit.shutdownActorSystem(system);
    var unused = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private final class Function implements FunctionPort {
    @Override
    public Channel channel() {
      return channel;
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public void reportError(String sentence) {
      reports.add(sentence);
    }
  }

  /** What forwards lead to, and where nobody answers. */
  private static final class Nowhere implements CommandTarget {
    @Override
    public CommandMethod method() {
      return CHANGE;
    }

    @Override
    public boolean keyed() {
      return false;
    }

    @Override
    public boolean streamed() {
      return false;
    }

    @Override
    public EntityId entity(ByteString payload) {
      return id("nobody");
    }
  }

  /** Waits for the outcome of one command. */
  static final class Client implements ReplyTo {
    private final Awaited<Outcome> outcomes = new Awaited<>("outcome");
    private final CountDownLatch completed = new CountDownLatch(1);

    @Override
    public void complete(Outcome outcome) {
      outcomes.add(outcome);
      completed.countDown();
    }

    /** Whether it hears of the outcome in that time. */
    boolean hearsWithin(Duration time) {
      try {
        return completed.await(time.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted while waiting for an outcome", e);
      }
    }

    @Override
    public boolean abandoned() {
      return false;
    }

    /** The reply's text, or the failure's code and what it is said to be. */
    String hears() {
      Outcome outcome = outcomes.next();
      if (outcome instanceof Outcome.Replied replied) {
        return replied.payload().toStringUtf8();
      }
      var failure = ((Outcome.Failed) outcome).failure();
      return failure.code() + " " + failure.status() + " " + failure.detail();
    }

    boolean heardNothing() {
      return outcomes.rest().isEmpty();
    }
  }
}
