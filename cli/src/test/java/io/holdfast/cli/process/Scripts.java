// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Two shell scripts in place of function and proxy, and everything that they print, in order. */
final class Scripts implements AutoCloseable {

  // Serves until it is asked to stop; says both, and under which process id.
  static final String SERVES =
      "trap 'echo stopping; exit 0' TERM; echo \"up $$\"; while :; do sleep 0.02; done";

  private static final long PATIENCE_SECONDS = 20;

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();
  private final Set<String> up = new HashSet<>();
  private final Pair pair;

  /** Both are ready once both are up. */
  Scripts(String function, String proxy) {
    Readiness bothUp =
        () ->
            isUp("function") && isUp("proxy")
                ? Optional.empty()
                : Optional.of("one of them is not up");
    pair =
        new Pair(
            script("function", function),
            script("proxy", proxy),
            spec -> line -> print(spec.name() + ": " + line),
            List.of(bothUp),
            this::print);
  }

  private static ChildSpec script(String name, String text) {
    return new ChildSpec(name, List.of("/bin/sh", "-c", text), Map.of(), Path.of("."));
  }

  Pair pair() {
    return pair;
  }

  private synchronized void print(String line) {
    for (String name : List.of("function", "proxy")) {
      if (line.startsWith(name + ": up")) {
        up.add(name);
      } else if (line.startsWith("The " + name + " ")) {
        up.remove(name);
      }
    }
    seen.add(line);
    lines.add(line);
  }

  private synchronized boolean isUp(String name) {
    return up.contains(name);
  }

  /** Everything printed so far. */
  synchronized List<String> seen() {
    return List.copyOf(seen);
  }

  /** Waits for a line that starts so, and returns the rest of it. */
  String await(String start) throws InterruptedException {
    String line = "";
    while (line != null && !line.startsWith(start)) {
      line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    if (line == null) {
      throw new AssertionError("no \"" + start + "\" in " + seen());
    }
    return line.substring(start.length());
  }

  @Override
  public void close() {
    pair.stop();
  }
}
