// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.cluster;

import io.holdfast.cli.CliException;
import io.holdfast.cli.process.Child;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The output of the nodes' programs, each in a file of its own that begins anew with the run. */
public final class LogFiles implements AutoCloseable {

  private final Path folder;
  private final List<Writer> open = new ArrayList<>();

  /** In that folder, which is made if it is missing. */
  public LogFiles(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new CliException("The folder %s cannot be made: %s".formatted(folder, e), e);
    }
  }

  /** The file of one program; it goes on with the next process of it. */
  public Child.Lines of(NodeSpec node, Part part) {
    Path file = folder.resolve("node-%d-%s.log".formatted(node.number(), Nodes.word(part)));
    try {
      Writer writer =
          Files.newBufferedWriter(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      open.add(writer);
      return line -> write(writer, line);
    } catch (IOException e) {
      throw new CliException("%s cannot be written: %s".formatted(file, e), e);
    }
  }

  private static void write(Writer writer, String line) {
    synchronized (writer) {
      try {
        writer.write(line);
        writer.write('\n');
        writer.flush();
      } catch (IOException e) {
        // The disk is full, or this is over. The programs must not stand still for their logs.
      }
    }
  }

  @Override
  public void close() {
    for (Writer writer : open) {
      try {
        writer.close();
      } catch (IOException e) {
        // Each line was flushed.
      }
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
