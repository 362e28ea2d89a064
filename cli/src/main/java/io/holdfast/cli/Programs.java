// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

import io.holdfast.cli.process.ChildSpec;
import io.holdfast.cli.project.FunctionProject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The two programs of a run, told where to find each other. They listen on the loopback interface.
 *
 * @param data for the embedded store
 */
record Programs(int port, int functionPort, String store, Path data) {

  private static final String LOOPBACK = "127.0.0.1";

  ChildSpec function(FunctionProject project) {
    return new ChildSpec(
        "function",
        jvm(Jvm.FUNCTION_FLAGS, project.runnableJar()),
        Map.of(
            "HOST",
            LOOPBACK,
            "PORT",
            Integer.toString(functionPort),
            "HOLDFAST_MODE",
            System.getenv().getOrDefault("HOLDFAST_MODE", "development")),
        project.directory());
  }

  ChildSpec proxy(FunctionProject project, Path jar) {
    List<String> flags = new ArrayList<>(Jvm.PROXY_FLAGS);
    flags.addAll(new ClassArchive(jar).flags());
    flags.add("-Dlogback.configurationFile=holdfast-logback-terminal.xml");
    return new ChildSpec(
        "proxy",
        jvm(flags, jar),
        Map.of(
            "USER_FUNCTION_HOST",
            LOOPBACK,
            "USER_FUNCTION_PORT",
            Integer.toString(functionPort),
            "HTTP_HOST",
            LOOPBACK,
            "HTTP_PORT",
            Integer.toString(port),
            "HOLDFAST_STORE",
            store,
            "HOLDFAST_DATA_DIR",
            data.toString()),
        project.directory());
  }

  /** What a program said, with the options of this command line for the settings it names. */
  static CliException inOptions(CliException said) {
    String text = String.valueOf(said.getMessage());
    return new CliException(
        text.replace("HOLDFAST_DATA_DIR", "--data-dir")
            .replace("holdfast.http.port (HTTP_PORT)", "--port"),
        said);
  }

  private static List<String> jvm(List<String> flags, Path jar) {
    List<String> command = new ArrayList<>(List.of(Jvm.java()));
    command.addAll(flags);
    command.addAll(List.of("-jar", jar.toString()));
    return command;
  }
}
