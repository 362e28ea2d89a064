// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.stored;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Turns JSON stored under one name into the shape of another name. */
public record Upgrade(String from, String to, UnaryOperator<ObjectNode> change) {
  public Upgrade {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(change, "change");
  }

  /** Upgrades one after the other, from an old name to a current one. */
  record Chain(String from, List<Upgrade> steps) {

    ObjectNode apply(ObjectNode stored) {
      ObjectNode node = stored;
      for (Upgrade step : steps) {
        node =
            Objects.requireNonNull(
                step.change().apply(node), () -> "the upgrade of " + step.from() + " gave null");
      }
      return node;
    }
  }
}
