// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.process;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Stops the children of a process that was killed and could not do it itself. A shell waits at the
 * end of a pipe, which the system closes with the process, however that ends.
 */
public final class LastWill implements AutoCloseable {

  private static final List<String> SHELL =
      List.of(
          "/bin/sh",
          "-c",
          "trap '' INT HUP; pids=; while read -r line; do pids=$line; done;"
              + " [ -z \"$pids\" ] || { kill $pids; kill -CONT $pids; } 2>/dev/null");

  private final Writer pipe;

  /** Nobody is named in it yet. */
  public LastWill() throws IOException {
    Process shell =
        new ProcessBuilder(SHELL)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    pipe = new OutputStreamWriter(shell.getOutputStream(), StandardCharsets.UTF_8);
  }

  /** These, and no others, are to be stopped. */
  public void name(List<Long> pids) throws IOException {
    pipe.write(pids.stream().map(String::valueOf).collect(Collectors.joining(" ", "", "\n")));
    pipe.flush();
  }

  /** Nobody is left to be stopped. */
  @Override
  public void close() throws IOException {
    try (pipe) {
      name(List.of());
    }
  }
}
