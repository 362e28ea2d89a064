// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

import io.holdfast.cli.process.ChildSpec;
import io.holdfast.cli.project.FunctionProject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The two programs of a run, told where to find each other. They listen on the loopback interface.
 *
 * @param store the proxy's environment variables for its store
 */
record Programs(int port, int functionPort, Map<String, String> store) {

  /** Pages that are served from this machine may call the proxy, as those under development are. */
  private static final String LOCAL_ORIGINS =
      "http://localhost:*, https://localhost:*, http://127.0.0.1:*, https://127.0.0.1:*,"
          + " http://[::1]:*, https://[::1]:*";

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
    Map<String, String> environment = new HashMap<>(store);
    environment.put("USER_FUNCTION_HOST", LOOPBACK);
    environment.put("USER_FUNCTION_PORT", Integer.toString(functionPort));
    environment.put("HTTP_HOST", LOOPBACK);
    environment.put("HTTP_PORT", Integer.toString(port));
    environment.put(
        "HOLDFAST_HTTP_CORS_ALLOWED_ORIGINS",
        System.getenv().getOrDefault("HOLDFAST_HTTP_CORS_ALLOWED_ORIGINS", LOCAL_ORIGINS));
    return new ChildSpec("proxy", jvm(flags, jar), environment, project.directory());
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
