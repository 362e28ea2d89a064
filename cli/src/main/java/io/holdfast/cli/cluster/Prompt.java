// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.cluster;

import io.holdfast.cli.CliException;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries out what is typed, one line after the other. */
public final class Prompt {

  private static final String HELP =
      """
        status             which nodes serve, and where the shards are
        kill N             kills the proxy of node N, as a crash does (SIGKILL)
        pause N            it stands still, as a machine that hangs (SIGSTOP)
        resume N           it goes on
        kill function N    the same with its function; so do pause and resume
        stop N             stops node N in order: it finishes its calls and hands its shards over
        start N            starts what does not run of node N
        restart N          the same; if all of it runs, stops it in order before
        kill store         kills the server that keeps the state; so do pause, resume, stop, start
        quit               stops everything\
      """;

  private final Nodes nodes;
  private final StorePrompt store;
  private final Status status;
  private final Consumer<String> out;

  /**
   * @param store null when this run has not started it
   * @param out where answers go
   */
  public Prompt(Nodes nodes, @Nullable StoreServer store, Status status, Consumer<String> out) {
    this.nodes = nodes;
    this.store = new StorePrompt(store, out);
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
    String verb = words.get(0);
    if (words.size() == 2 && words.get(1).equals("store")) {
      store.carryOut(verb);
      return;
    }
    switch (verb) {
      case "" -> {}
      case "help" -> out.accept(HELP);
      case "status" -> out.accept(status.text());
      case "kill" -> kill(node(words), part(words));
      case "pause" -> pause(node(words), part(words));
      case "resume" -> resume(node(words), part(words));
      case "stop" -> stop(wholeNode(words));
      case "start" -> start(wholeNode(words));
      case "restart" -> restart(wholeNode(words));
      default -> out.accept("\"%s\" is no command. Type help.".formatted(verb));
    }
  }

  private Node wholeNode(List<String> words) {
    if (words.size() > 2) {
      throw new CliException(
          "Only a whole node can be told to %1$s. For example: %1$s 1.".formatted(words.get(0)));
    }
    return node(words);
  }

  private Node node(List<String> words) {
    String last = words.get(words.size() - 1);
    if (words.size() < 2 || !last.matches("\\d{1,9}")) {
      throw new CliException("Which node? For example: %s 1.".formatted(words.get(0)));
    }
    return nodes.node(Integer.parseInt(last));
  }

  private static Part part(List<String> words) {
    if (words.size() == 2) {
      return Part.PROXY;
    }
    if (words.size() == 3) {
      for (Part part : Part.values()) {
        if (words.get(1).equals(Nodes.word(part))) {
          return part;
        }
      }
    }
    throw new CliException(
        "%1$s what? For example: %1$s 1, or %1$s function 1.".formatted(words.get(0)));
  }

  private void kill(Node node, Part part) {
    requireRunning(node, part, !node.state(part).equals("down"));
    node.kill(part);
    out.accept(
        "The %s of node %d was killed. restart %2$d brings it back."
            .formatted(Nodes.word(part), number(node)));
  }

  private void pause(Node node, Part part) {
    requireRunning(node, part, node.pause(part));
    out.accept(
        "The %s of node %d stands still. resume %s%2$d lets it go on."
            .formatted(Nodes.word(part), number(node), part == Part.PROXY ? "" : "function "));
  }

  private void resume(Node node, Part part) {
    requireRunning(node, part, node.resume(part));
    out.accept("The %s of node %d goes on.".formatted(Nodes.word(part), number(node)));
  }

  private static void requireRunning(Node node, Part part, boolean running) {
    if (!running) {
      throw new CliException(
          "The %s of node %d does not run.".formatted(Nodes.word(part), number(node)));
    }
  }

  private void stop(Node node) {
    long start = System.nanoTime();
    node.stop();
    out.accept("Node %d has stopped, after %s.".formatted(number(node), since(start)));
  }

  private void start(Node node) throws InterruptedException {
    long start = System.nanoTime();
    nodes.restart(node);
    out.accept("Node %d is ready, after %s.".formatted(number(node), since(start)));
  }

  private void restart(Node node) throws InterruptedException {
    if (node.isWhole()) {
      stop(node);
    }
    start(node);
  }

  private static int number(Node node) {
    return node.spec().number();
  }

  static String since(long start) {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9);
  }
}
