// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import akka.actor.ActorSystem;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/** What is tried of setups, right and wrong. */
final class Setups {

  private Setups() {}

  /** The sentence that the store refuses the setup with has these parts. */
  static void assertRefused(Config settings, String... sentence) {
    assertThat(refusal(settings)).hasMessageContainingAll(sentence);
  }

  /** What the store refuses the setup with. */
  static StoreException refusal(Config settings) {
    ActorSystem system = ActorSystem.create("setup", settings.withFallback(ConfigFactory.load()));
    try {
      return catchThrowableOfType(StoreException.class, () -> Stores.open(system));
    } finally {
      TestKit.shutdownActorSystem(system);
    }
  }
}
