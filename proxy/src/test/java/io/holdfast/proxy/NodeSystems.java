// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import akka.actor.AbstractExtensionId;
import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import akka.cluster.Cluster;
import akka.remote.RARP;
import akka.remote.testkit.Blackhole$;
import akka.remote.testkit.Direction;
import akka.remote.testkit.SetThrottle;
import akka.remote.testkit.ThrottleMode;
import akka.remote.testkit.Unthrottled$;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import scala.jdk.javaapi.FutureConverters;

/** The actor systems of the proxies in this JVM, so that a test can cut them off each other. */
public final class NodeSystems extends AbstractExtensionId<NodeSystems.Registered> {

  private static final Map<String, ActorSystem> BY_NAME = new ConcurrentHashMap<>();

  /** Made by Akka for each system that names it. */
  public static final class Registered implements Extension {
    Registered(ExtendedActorSystem system) {
      BY_NAME.put(system.settings().config().getString("test.node"), system);
    }
  }

  @Override
  public Registered createExtension(ExtendedActorSystem system) {
    return new Registered(system);
  }

  /** Settings of a node that can be cut off by that name. */
  public static Config named(String name) {
    return ConfigFactory.parseMap(
        Map.of(
            "test.node",
            name,
            "akka.extensions",
            List.of(NodeSystems.class.getName()),
            "akka.remote.artery.advanced.test-mode",
            "on"));
  }

  /** From now on, nothing that either of them sends reaches the other. */
  public static void cut(String one, String other) {
    throttle(one, other, Blackhole$.MODULE$);
    throttle(other, one, Blackhole$.MODULE$);
  }

  /** They reach each other again; what was sent meanwhile is lost. */
  public static void mend(String one, String other) {
    throttle(one, other, Unthrottled$.MODULE$);
    throttle(other, one, Unthrottled$.MODULE$);
  }

  private static void throttle(String here, String there, ThrottleMode mode) {
    ActorSystem system = Objects.requireNonNull(BY_NAME.get(here));
    ActorSystem other = Objects.requireNonNull(BY_NAME.get(there));
    var command = new SetThrottle(Cluster.get(other).selfAddress(), Direction.Both$.MODULE$, mode);
    var done = ((RARP) RARP.get(system)).provider().transport().managementCommand(command);
    FutureConverters.asJava(done).toCompletableFuture().join();
  }
}
