// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Java program to start with the java that runs this one.
 *
 * @param flags of the JVM
 * @param program {@code -jar} and a file, or {@code -cp}, a class path and a class; then arguments
 */
public record JavaProgram(List<String> flags, List<String> program) {

  public JavaProgram {
    flags = List.copyOf(flags);
    program = List.copyOf(program);
  }

  /** A packaged program. */
  public static JavaProgram jar(Path jar, List<String> flags) {
    return new JavaProgram(flags, List.of("-jar", jar.toString()));
  }

  /** A class from this program's own class path. */
  public static JavaProgram of(Class<?> main, List<String> flags) {
    return new JavaProgram(
        flags, List.of("-cp", System.getProperty("java.class.path"), main.getName()));
  }

  /**
   * The command line.
   *
   * @param recording where the process is to leave a flight recording when it ends, if anywhere
   */
  public List<String> command(@Nullable Path recording) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    if (recording != null) {
      command.add(
          "-XX:StartFlightRecording=dumponexit=true,settings=profile,filename=" + recording);
      command.add("-Xlog:jfr*=off");
      // Java 17 crashes when it records and loads classes of an archive made by a run.
      command.add("-Xshare:off");
    }
    command.addAll(program);
    return command;
  }
}
