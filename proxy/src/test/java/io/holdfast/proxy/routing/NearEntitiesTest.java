// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.testkit.javadsl.TestKit;
import io.holdfast.proxy.command.EntityId;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class NearEntitiesTest {

  private static final EntityId CART = new EntityId("cart", "a");
  private static final ActorSystem system = ActorSystem.create("near");

  private final ActorRef actor = new TestKit(system).getRef();
  private final ActorRef successor = new TestKit(system).getRef();
  private long now = Long.MAX_VALUE - 1;

  @AfterAll
  static void shutDown() {
    TestKit.shutdownActorSystem(system);
  }

  private NearEntities passivatedAfter(Duration idle) {
    return new NearEntities(idle, () -> now);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void an_entity_is_found_from_its_start_until_it_leaves() {
    var near = passivatedAfter(Duration.ofMinutes(1));
    assertThat(near.find(CART)).isNull();
    near.entered(CART, actor);
    assertThat(near.find(CART)).isEqualTo(actor);
    near.left(CART, actor);
    assertThat(near.find(CART)).isNull();
  }

  @Test
  void an_entity_that_leaves_late_does_not_hide_its_successor() {
    var near = passivatedAfter(Duration.ofMinutes(1));
    near.entered(CART, actor);
    near.entered(CART, successor);
    near.left(CART, actor);
    assertThat(near.find(CART)).isEqualTo(successor);
  }

  @Test
  void one_command_a_second_goes_through_the_shard() {
    var near = passivatedAfter(Duration.ofMinutes(1));
    near.entered(CART, actor);
    pass(Duration.ofMillis(999));
    assertThat(near.find(CART)).isEqualTo(actor);
    pass(Duration.ofMillis(1));
    assertThat(near.find(CART)).isNull();
    assertThat(near.find(CART)).isEqualTo(actor);
  }

  @Test
  void the_shard_sees_an_entity_in_use_well_before_it_would_passivate_it() {
    var near = passivatedAfter(Duration.ofMillis(400));
    near.entered(CART, actor);
    pass(Duration.ofMillis(100));
    assertThat(near.find(CART)).isNull();
  }
}
