// SPDX-License-Identifier: Apache-2.0
package io.holdfast.deploy;

import static io.holdfast.deploy.Deployment.ROOT;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The environment variables that the proxy and the SDK read. */
final class KnownVariables {

  private static final Pattern SUBSTITUTED = Pattern.compile("\\$\\{\\??([A-Z][A-Z0-9_]+)");
  private static final Pattern NAMED = Pattern.compile("\"([A-Z][A-Z0-9_]+)\"");

  private KnownVariables() {}

  static Set<String> ofProxy() {
    Set<String> names = new TreeSet<>();
    for (String file :
        new String[] {
          "proxy/src/main/resources/reference.conf",
          "proxy/src/main/resources/holdfast-logback.xml",
          "persistence/src/main/resources/reference.conf"
        }) {
      add(SUBSTITUTED, ROOT.resolve(file), names);
    }
    return names;
  }

  static Set<String> ofFunction() {
    Set<String> names = new TreeSet<>();
    add(
        NAMED,
        ROOT.resolve("entity-sdk-java/src/main/java/io/holdfast/sdk/FunctionSettings.java"),
        names);
    return names;
  }

  private static void add(Pattern pattern, Path file, Set<String> names) {
    Matcher matcher = pattern.matcher(Deployment.text(file));
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
  }
}
