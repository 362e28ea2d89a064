// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import akka.actor.AbstractActor;
import akka.actor.AbstractExtensionId;
import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import akka.actor.ExtensionIdProvider;
import akka.actor.Props;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps an actor system from terminating until it is let go. */
public final class HeldTermination implements Extension {

  private static final long PATIENCE_SECONDS = 60;
  private static final BlockingQueue<HeldTermination> HELD = new LinkedBlockingQueue<>();

  private final CountDownLatch letGo = new CountDownLatch(1);
  private final ActorSystem system;

  private HeldTermination(ActorSystem system) {
    this.system = system;
    system.actorOf(Props.create(Holder.class, () -> new Holder(letGo)));
    HELD.add(this);
  }

  /** Makes a system one of these. */
  static Config settings() {
    return ConfigFactory.parseMap(Map.of("akka.extensions", List.of(Id.class.getName())));
  }

  /** That of the system which started last with these {@link #settings}. */
  static HeldTermination take() throws InterruptedException {
    HeldTermination held = HELD.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (held == null) {
      throw new AssertionError("no system was started");
    }
    return held;
  }

  boolean isTerminated() {
    return system.getWhenTerminated().toCompletableFuture().isDone();
  }

  /** Waits until the system has terminated, too. */
  void letGo() throws Exception {
    letGo.countDown();
    var unused =
        system.getWhenTerminated().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** How Akka finds it. */
  public static final class Id extends AbstractExtensionId<HeldTermination>
      implements ExtensionIdProvider {

    @Override
    public HeldTermination createExtension(ExtendedActorSystem system) {
      return new HeldTermination(system);
    }

    @Override
    public Id lookup() {
      return this;
    }
  }

  private static final class Holder extends AbstractActor {

    private final CountDownLatch letGo;

    Holder(CountDownLatch letGo) {
      this.letGo = letGo;
    }

    @Override
    public Receive createReceive() {
      return emptyBehavior();
    }

    @Override
    public void postStop() throws InterruptedException {
      if (!letGo.await(2 * PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody let it go");
      }
    }
  }
}
