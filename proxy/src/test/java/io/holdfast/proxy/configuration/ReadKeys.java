// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The keys that sources read, found by how they read them: {@code config.getInt("port")}. */
final class ReadKeys {

  // Which block a class is given. One that is not named here reads whole paths, or from "holdfast".
  private static final Map<String, String> BLOCKS =
      Map.ofEntries(
          Map.entry("CrdtSettings", "crdt"),
          Map.entry("FrontendSettings", "http"),
          Map.entry("ConnectionSettings", "http"),
          Map.entry("CorsSettings", "http.cors"),
          Map.entry("FunctionSettings", "function"),
          Map.entry("DiscoverySettings", "discovery"),
          Map.entry("SessionSettings", "entity"),
          Map.entry("ClusterNode", "cluster"),
          Map.entry("Forming", "cluster"),
          Map.entry("ManagementSettings", "management"),
          Map.entry("EmbeddedSettings", "persistence.embedded"),
          Map.entry("PostgresSettings", "persistence.postgres"),
          Map.entry("CassandraSettings", "persistence.cassandra"),
          Map.entry("GroupCommitJournal", "persistence.journal"));

  private static final Pattern READ =
      Pattern.compile(
          // Columns of a database's rows are read in the same way.
          "(?<!\\b(?:row|now|before)\\.)\\b(?:get(?:String|Int|Long|Double|Boolean|Bytes|Duration|StringList|Enum)|bytes|list)"
              + "\\((?:\\w+,\\s*)?\"([a-z][a-z0-9.-]*)\"");
  private static final Pattern SUBSTITUTED = Pattern.compile("\\$\\{(holdfast\\.[a-z.-]+)}");

  private ReadKeys() {}

  static Set<String> inSources(Path... roots) {
    Set<String> keys = new TreeSet<>();
    for (Path root : roots) {
      try (Stream<Path> files = Files.walk(root)) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(file -> add(file, keys));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return keys;
  }

  private static void add(Path file, Set<String> keys) {
    String name = file.getFileName().toString().replace(".java", "");
    String block = BLOCKS.containsKey(name) ? "holdfast." + BLOCKS.get(name) + "." : "holdfast.";
    Matcher read = READ.matcher(text(file));
    while (read.find()) {
      String key = read.group(1);
      keys.add(key.startsWith("holdfast.") ? key : block + key);
    }
  }

  /** The keys whose values another file takes over. */
  static Set<String> substitutedIn(Path file) {
    Set<String> keys = new TreeSet<>();
    Matcher substituted = SUBSTITUTED.matcher(text(file));
    while (substituted.find()) {
      keys.add(substituted.group(1));
    }
    return keys;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
