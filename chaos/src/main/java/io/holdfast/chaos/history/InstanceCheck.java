// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.history;

import io.holdfast.chaos.history.Violation.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** Once another instance writes, the one before must be gone. */
final class InstanceCheck {

  private InstanceCheck() {}

  /**
   * Every turn that should not have been.
   *
   * @param writers which instance wrote, by the number of the write, as far as that is known
   */
  static List<Violation> of(String entity, SortedMap<Long, String> writers) {
    List<Violation> found = new ArrayList<>();
    Set<String> gone = new HashSet<>();
    String live = "";
    for (Map.Entry<Long, String> write : writers.entrySet()) {
      String instance = write.getValue();
      if (!instance.equals(live) && !gone.add(instance)) {
        found.add(
            new Violation(
                Kind.TWO_INSTANCES,
                entity,
                "instance %s writes again at %d, after %s"
                    .formatted(instance, write.getKey(), live)));
      }
      live = instance;
    }
    return found;
  }
}
