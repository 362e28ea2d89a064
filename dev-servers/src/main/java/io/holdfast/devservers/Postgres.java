// SPDX-License-Identifier: Apache-2.0
package io.holdfast.devservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** PostgreSQL, from the programs that the build has fetched. */
final class Postgres implements ServerProgram {

  private static final String USER = "postgres";

  private final ServerSettings settings;
  private final int port;

  Postgres(ServerSettings settings, int port) {
    this.settings = settings;
    this.port = port;
  }

  @Override
  public String name() {
    return "PostgreSQL";
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void prepare() throws IOException, InterruptedException {
    if (Files.exists(settings.data().resolve("PG_VERSION"))) {
      return;
    }
    Path unfinished = settings.directory().resolve("data.new");
    PostgresPrograms.deleteTree(unfinished);
    Process initdb =
        new ProcessBuilder(
                program(
                    "initdb",
                    "--pgdata=" + unfinished,
                    "--username=" + USER,
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--no-sync"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(settings.log().toFile()))
            .start();
    if (initdb.waitFor() != 0) {
      throw new LocalServerException(
          "PostgreSQL cannot set up %s: look into %s.".formatted(unfinished, settings.log()));
    }
    // Only what is whole gets the name by which it is used.
    Files.move(unfinished, settings.data());
  }

  @Override
  public List<String> command() {
    return program(
        "postgres",
        "-D",
        settings.data().toString(),
        "-p",
        Integer.toString(port),
        "-h",
        "127.0.0.1",
        // A path to a socket may be too long; TCP is all that is used.
        "-k",
        "",
        "-c",
        "max_connections=200",
        "-c",
        "fsync=" + (settings.durable() ? "on" : "off"));
  }

  /** It refuses to run as root, and needs no rights at all. */
  private List<String> program(String name, String... arguments) {
    List<String> command = new ArrayList<>();
    if (System.getProperty("os.name").equals("Linux")
        && System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "--user"));
    }
    Path programs = PostgresPrograms.in(settings.checkout());
    command.add(programs.resolve("bin").resolve(name).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  @Override
  public String readyWords() {
    return "database system is ready to accept connections";
  }

  @Override
  public boolean isComplaint(String line) {
    return line.contains("FATAL:") || line.contains("unshare:");
  }

  // Its backends end by themselves when they notice that their parent was killed.
  @Override
  public boolean passes(String complaint) {
    return complaint.contains("pre-existing shared memory block");
  }

  @Override
  public String stopSignal() {
    // A fast shutdown: connections are closed, nothing is waited for.
    return "INT";
  }

  @Override
  public Map<String, String> environment() {
    return Map.of(
        "HOLDFAST_STORE", "postgres",
        "HOLDFAST_POSTGRES_HOST", "127.0.0.1",
        "HOLDFAST_POSTGRES_PORT", Integer.toString(port),
        "HOLDFAST_POSTGRES_DATABASE", "postgres",
        "HOLDFAST_POSTGRES_USER", USER);
  }
}
