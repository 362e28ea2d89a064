// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.actor;

import akka.actor.AbstractActor;
import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.Props;
import akka.actor.SupervisorStrategy;
import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.Deadline;
import io.holdfast.persistence.Store;
import io.holdfast.protocol.Metadata;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.CommandMethod;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.entity.FunctionPort;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import io.holdfast.proxy.entity.SessionSettings;
import io.holdfast.proxy.entity.onward.Onward;
import io.holdfast.proxy.function.Awaited;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One entity's actor, started by the first command, and its clients. Its key is {@code a|b}, its
 * clock stands still, and when it throws, it is gone.
 */
public final class EntityFixture implements AutoCloseable {

  private final ActorSystem system;
  private final CommandMethod method;
  private final Channel channel;
  private final Store store;
  private final KeeperFactory kind;
  private final EntityId entity;
  private Duration recoveryTimeout = Duration.ofSeconds(20);
  private volatile int messageBytesMax = Integer.MAX_VALUE;
  private volatile boolean withoutSnapshots;
  private @Nullable ActorRef actor;

  public EntityFixture(
      ActorSystem system,
      EntityId entity,
      CommandMethod method,
      Channel channel,
      Store store,
      KeeperFactory kind) {
    this.system = system;
    this.entity = entity;
    this.method = method;
    this.channel = channel;
    this.store = store;
    this.kind = kind;
  }

  /** Before the first command. */
  public void recoveryTimeout(Duration timeout) {
    recoveryTimeout = timeout;
  }

  /** From its next recovery on, the function wants no snapshots. */
  public void withoutSnapshots() {
    withoutSnapshots = true;
  }

  /** From now on, the function takes messages of so many bytes. */
  public void messageBytesMax(int bytes) {
    messageBytesMax = bytes;
  }

  /** Takes what the entity is to be told. */
  public ActorRef actor() {
    ActorRef running = actor == null ? start() : actor;
    actor = running;
    return running;
  }

  public Client command(String text) {
    return command(text, Metadata.getDefaultInstance());
  }

  public Client command(String text, Metadata metadata) {
    var client = new Client();
    var command =
        new Command(
            entity,
            method,
            ByteString.copyFromUtf8(text),
            metadata,
            Deadline.after(1, TimeUnit.MINUTES));
    actor().tell(Deliver.byShard(command, client), ActorRef.noSender());
    return client;
  }

  private ActorRef start() {
    var common =
        new EntityContext(
            entity.entityType(),
            method::serviceName,
            () -> withoutSnapshots,
            new Function(channel, () -> messageBytesMax),
            new Onward(
                (service, command) -> null,
                (command, replyTo) -> {},
                report -> {},
                Duration.ZERO,
                1),
            new Nowhere(),
            store,
            new SessionSettings(
                Duration.ofSeconds(20), recoveryTimeout, Duration.ofSeconds(5), 100, 100),
            Clock.fixed(Instant.parse("2026-01-02T03:04:05.000006Z"), ZoneOffset.UTC),
            System::nanoTime);
    return system.actorOf(
        Props.create(Parent.class, () -> new Parent(EntityActor.props(common, kind))));
  }

  @Override
  public void close() {
    if (actor != null) {
      system.stop(actor);
    }
  }

  /** Gives the entity its key as a name, as shards do, below a name that is new for each test. */
  private static final class Parent extends AbstractActor {
    private final ActorRef child;

    Parent(Props child) {
      this.child = getContext().actorOf(child, "a%7Cb");
    }

    /** An entity that throws is gone, so that a test cannot miss it. */
    @Override
    public SupervisorStrategy supervisorStrategy() {
      return SupervisorStrategy.stoppingStrategy();
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder().matchAny(message -> child.forward(message, getContext())).build();
    }
  }

  private record Function(Channel channel, IntSupplier bytesMax) implements FunctionPort {
    @Override
    public int messageBytesMax() {
      return bytesMax.getAsInt();
    }

    @Override
    public String version() {
      return "1.2.3";
    }

    @Override
    public void reportError(String sentence) {}
  }

  private static final class Nowhere implements LiveEntities {
    @Override
    public void entered(EntityId entity, ActorRef actor) {}

    @Override
    public boolean left(EntityId entity, ActorRef actor) {
      return false;
    }
  }

  /** Waits for the outcome of one command. */
  public static final class Client implements ReplyTo {
    private final Awaited<Outcome> outcomes = new Awaited<>("outcome");

    private Client() {}

    @Override
    public void complete(Outcome outcome) {
      outcomes.add(outcome);
    }

    @Override
    public boolean abandoned() {
      return false;
    }

    /** The reply's text, or the failure's code. */
    public String hears() {
      Outcome outcome = outcomes.next();
      return outcome instanceof Outcome.Replied replied
          ? replied.payload().toStringUtf8()
          : ((Outcome.Failed) outcome).failure().code().name();
    }

    public boolean heardNothing() {
      return outcomes.rest().isEmpty();
    }
  }
}
