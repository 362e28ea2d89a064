// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the library behind {@link WallClock} leaves in the system's shared memory of processes that
 * did not end by themselves: removed at the end, as far as it was not there at the beginning.
 */
final class ClockRemains implements AutoCloseable {

  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final Pattern NAME =
      Pattern.compile("(?:faketime_shm_|sem\\.faketime_sem_)(\\d{1,18})");

  private final Path folder;
  private final Set<Path> before;

  ClockRemains() throws IOException {
    this(SHARED_MEMORY);
  }

  ClockRemains(Path folder) throws IOException {
    this.folder = folder;
    before = Set.copyOf(owners().keySet());
  }

  /** The files, with the process that each is of. */
  private Map<Path, Long> owners() throws IOException {
    var owners = new HashMap<Path, Long>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(
          file -> {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches()) {
              owners.put(file, Long.valueOf(name.group(1)));
            }
          });
    }
    return owners;
  }

  /** To be called when the processes have ended. Those of others that run keep theirs. */
  @Override
  public void close() throws IOException {
    for (Map.Entry<Path, Long> file : owners().entrySet()) {
      if (!before.contains(file.getKey()) && ProcessHandle.of(file.getValue()).isEmpty()) {
        Files.deleteIfExists(file.getKey());
      }
    }
  }
}
