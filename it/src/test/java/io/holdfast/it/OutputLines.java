// SPDX-License-Identifier: Apache-2.0
package io.holdfast.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a process prints, line by line, from its start on. */
final class OutputLines {

  private static final long PATIENCE_SECONDS = 60;

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();

  private OutputLines() {}

  static OutputLines of(Process process) {
    var output = new OutputLines();
    var reader = new Thread(() -> output.read(process), "output");
    reader.setDaemon(true);
    reader.start();
    return output;
  }

  private void read(Process process) {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      // It has ended.
    }
  }

  /** Waits for a line with that text, and returns it. */
  String await(String text) throws InterruptedException {
    String line = next();
    while (line != null && !line.contains(text)) {
      line = next();
    }
    if (line == null) {
      throw new AssertionError("no \"" + text + "\" in:\n" + String.join("\n", seen));
    }
    return line;
  }

  private @Nullable String next() throws InterruptedException {
    String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (line != null) {
      seen.add(line);
    }
    return line;
  }

  /** All there has been so far. */
  List<String> all() {
    lines.drainTo(seen);
    return List.copyOf(seen);
  }
}
