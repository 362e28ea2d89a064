// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.cluster;

import io.holdfast.cli.CliException;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Carries out what is typed, one line after the other. */
public final class Prompt {

  private static final String HELP =
      """
        status             which nodes serve, and where the shards are
        kill N             kills the proxy of node N, as a crash does (SIGKILL)
        kill function N    kills its function
        pause N            the proxy stands still, as a machine that hangs (SIGSTOP)
        resume N           it goes on
        stop N             stops node N in order: it finishes its calls and hands its shards over
        restart N          starts what does not run of node N
        quit               stops everything\
      """;

  private final Nodes nodes;
  private final Status status;
  private final Consumer<String> out;

  /**
   * @param out where answers go
   */
  public Prompt(Nodes nodes, Status status, Consumer<String> out) {
    this.nodes = nodes;
    this.status = status;
    this.out = out;
  }

  /** Reads until somebody quits (true) or the input ends (false). */
  public boolean run(BufferedReader input) throws IOException, InterruptedException {
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      List<String> words = List.of(line.strip().toLowerCase(Locale.ROOT).split("\\s+"));
      if (words.get(0).equals("quit") || words.get(0).equals("exit")) {
        return true;
      }
      try {
        carryOut(words);
      } catch (CliException e) {
        out.accept(String.valueOf(e.getMessage()));
      }
    }
    return false;
  }

  private void carryOut(List<String> words) throws InterruptedException {
    switch (words.get(0)) {
      case "" -> {}
      case "help" -> out.accept(HELP);
      case "status" -> out.accept(status.text());
      case "kill" -> kill(words);
      case "pause" -> pause(node(words));
      case "resume" -> resume(node(words));
      case "stop" -> stop(node(words));
      case "restart" -> restart(node(words));
      default -> out.accept("\"%s\" is no command. Type help.".formatted(words.get(0)));
    }
  }

  private Node node(List<String> words) {
    String last = words.get(words.size() - 1);
    if (words.size() < 2 || !last.matches("\\d{1,9}")) {
      throw new CliException("Which node? For example: %s 1.".formatted(words.get(0)));
    }
    return nodes.node(Integer.parseInt(last));
  }

  private void kill(List<String> words) {
    Node node = node(words);
    boolean function = words.size() == 3 && words.get(1).equals("function");
    if (words.size() > 2 && !function) {
      throw new CliException("Kill what? For example: kill 1, or kill function 1.");
    }
    Part part = function ? Part.FUNCTION : Part.PROXY;
    if (node.state(part).equals("down")) {
      throw new CliException(
          "The %s of node %d does not run.".formatted(Nodes.word(part), number(node)));
    }
    node.kill(part);
    out.accept(
        "The %s of node %d was killed. restart %2$d brings it back."
            .formatted(Nodes.word(part), number(node)));
  }

  private void pause(Node node) {
    requireRunning(node, node.pause(Part.PROXY));
    out.accept(
        "The proxy of node %d stands still. resume %1$d lets it go on.".formatted(number(node)));
  }

  private void resume(Node node) {
    requireRunning(node, node.resume(Part.PROXY));
    out.accept("The proxy of node %d goes on.".formatted(number(node)));
  }

  private static void requireRunning(Node node, boolean running) {
    if (!running) {
      throw new CliException("The proxy of node %d does not run.".formatted(number(node)));
    }
  }

  private void stop(Node node) {
    long start = System.nanoTime();
    node.stop();
    out.accept("Node %d has stopped, after %s.".formatted(number(node), since(start)));
  }

  private void restart(Node node) throws InterruptedException {
    long start = System.nanoTime();
    nodes.restart(node);
    out.accept("Node %d is ready, after %s.".formatted(number(node), since(start)));
  }

  private static int number(Node node) {
    return node.spec().number();
  }

  private static String since(long start) {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9);
  }
}
