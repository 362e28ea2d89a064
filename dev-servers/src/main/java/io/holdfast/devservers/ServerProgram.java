// SPDX-License-Identifier: Apache-2.0
package io.holdfast.devservers;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What differs between the servers: how one is set up, started and known to be ready. */
interface ServerProgram {

  String name();

  int port();

  /** Makes what is missing of its directory, before each start. */
  void prepare() throws IOException, InterruptedException;

  /** Starts it in the foreground, writing to standard output. */
  List<String> command();

  /** What it writes once it takes connections. */
  String readyWords();

  /** Whether a line of its output tells why it does not start. */
  boolean isComplaint(String line);

  /** Whether that passes by itself, as when parts of a server that crashed are about to end. */
  boolean passes(String complaint);

  /** The signal on which it stops at once, in order, whoever is connected. */
  String stopSignal();

  /** The environment variables by which a proxy finds it. */
  Map<String, String> environment();
}
