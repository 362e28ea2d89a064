// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.holdfast.cli.Terminal.Colour;
import io.holdfast.cli.example.ServedServices;
import io.holdfast.cli.example.ShellLines;
import io.holdfast.cli.process.ChildSpec;
import io.holdfast.cli.process.Pair;
import io.holdfast.cli.process.Ports;
import io.holdfast.cli.process.Readiness;
import io.holdfast.cli.project.Checkout;
import io.holdfast.cli.project.FunctionProject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Builds a function and runs it with a proxy beside it, until it is told to stop. */
@Command(
    name = "run",
    description = "Builds the function in DIR and runs it with a proxy beside it.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets them.
final class RunCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "The folder of the function's Maven project.")
  private Path directory;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "9000",
      description = "Where clients reach the entities; 0 takes a free port. Default: 9000")
  private int port;

  @Option(
      names = "--data-dir",
      paramLabel = "D",
      description = "Where state is kept on this machine. Default: DIR/.holdfast/data")
  private @Nullable Path dataDirectory;

  @Option(
      names = "--store",
      paramLabel = "S",
      defaultValue = "embedded",
      description =
          "embedded (on disk), memory (gone with the proxy), postgres or cassandra: the one at "
              + "HOLDFAST_POSTGRES_HOST or HOLDFAST_CASSANDRA_CONTACT_POINTS if these are set, else "
              + "a server started for the run, with its data in D. Default: embedded")
  private StoreName store;

  @Option(
      names = "--function-port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Where the function listens; 0 takes a free port. Default: 0")
  private int functionPort;

  @Option(names = "--no-build", description = "Runs the jar in DIR/target as it is.")
  private boolean noBuild;

  private final Terminal terminal = Terminal.ofThisProcess();

  @Override
  public Integer call() throws InterruptedException {
    Checkout checkout = Checkout.ofThisProcess();
    FunctionProject project = FunctionProject.in(directory);
    port = Ports.free(port, "--port");
    functionPort = Ports.free(functionPort, "--function-port");
    new Preparation(checkout, project, noBuild, terminal).run();
    Path data =
        Optional.ofNullable(dataDirectory)
            .orElseGet(() -> project.workFolder().resolve("data"))
            .toAbsolutePath();
    RunStore kept = RunStore.open(store, data, checkout.root(), terminal);
    try {
      var programs = new Programs(port, functionPort, kept.environment());
      run(project, programs.function(project), programs.proxy(project, checkout.proxyJar()), kept);
    } finally {
      kept.close();
    }
    return 0;
  }

  private void run(FunctionProject project, ChildSpec function, ChildSpec proxy, RunStore kept)
      throws InterruptedException {
    terminal.say("Starting %s and its proxy ...".formatted(project.name()));
    var pair =
        new Pair(
            function,
            proxy,
            spec ->
                terminal.linesOf(spec.name(), spec.equals(proxy) ? Colour.MAGENTA : Colour.CYAN),
            List.of(Readiness.ofFunction(functionPort), Readiness.ofProxy(port)),
            line -> terminal.say(terminal.paint(Colour.BOLD, line)));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopOnSignal(pair, kept), "stop"));
    try {
      pair.start();
      welcome(project, kept);
      pair.watch();
    } catch (CliException e) {
      pair.stop();
      throw Programs.inOptions(e);
    }
  }

  private void stopOnSignal(Pair pair, RunStore kept) {
    if (pair.isRunning()) {
      terminal.say("Stopping the proxy, then the function ...");
      pair.stop();
    }
    kept.close();
  }

  private void welcome(FunctionProject project, RunStore kept) {
    List<ServiceDescriptor> services = ServedServices.on(port);
    var text = new StringBuilder();
    text.append('\n')
        .append(terminal.paint(Colour.BOLD, project.name() + " is ready. "))
        .append(kept.whereKept())
        .append(" Ctrl-C stops it.")
        .append("\n\n");
    for (ServiceDescriptor service : services) {
      append(text, "Try " + service.getFullName(), ShellLines.curl(service, port));
      append(
          text,
          "Streams of " + service.getFullName() + ", each in a terminal of its own",
          ShellLines.streams(service, port));
    }
    text.append(terminal.paint(Colour.BOLD, "gRPC"))
        .append(" localhost:")
        .append(port)
        .append('\n');
    services.forEach(
        service -> text.append("  ").append(ShellLines.grpcurl(service, port)).append('\n'));
    terminal.say(text.toString());
  }

  private void append(StringBuilder text, String heading, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append(terminal.paint(Colour.BOLD, heading)).append('\n');
      lines.forEach(line -> text.append("  ").append(line).append('\n'));
    }
  }
}
