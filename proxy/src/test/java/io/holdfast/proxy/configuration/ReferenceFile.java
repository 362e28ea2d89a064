// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.configuration;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings that a reference.conf declares, in its order, with what it says about each. */
final class ReferenceFile {

  private static final Pattern BLOCK = Pattern.compile("([\\w.-]+) \\{");
  private static final Pattern ENVIRONMENT = Pattern.compile("([\\w.-]+) = \\$\\{\\?(\\w+)}");
  private static final Pattern VALUE = Pattern.compile("([\\w.-]+) = (.+)");

  /** One key. An empty variable: the environment does not set it. */
  record Setting(String key, String value, String variable, String comment) {}

  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final Map<String, String> blockComments = new LinkedHashMap<>();
  private final Deque<String> blocks = new ArrayDeque<>();
  private final List<String> comment = new ArrayList<>();

  private ReferenceFile() {}

  static List<Setting> settings(List<String> lines) {
    var file = new ReferenceFile();
    lines.forEach(line -> file.take(line.strip()));
    return List.copyOf(file.settings.values());
  }

  /** What stands above a block; empty for none. */
  static String blockComment(List<String> lines, String block) {
    var file = new ReferenceFile();
    lines.forEach(line -> file.take(line.strip()));
    return file.blockComments.getOrDefault(block, "");
  }

  private void take(String line) {
    Matcher block = BLOCK.matcher(line);
    Matcher environment = ENVIRONMENT.matcher(line);
    Matcher value = VALUE.matcher(line);
    if (line.startsWith("#")) {
      comment.add(line.substring(1).strip());
      return;
    } else if (block.matches()) {
      blocks.addLast(block.group(1));
      blockComments.put(String.join(".", blocks), String.join(" ", comment));
    } else if (line.equals("}")) {
      blocks.removeLast();
    } else if (environment.matches()) {
      settings.computeIfPresent(
          path(environment.group(1)),
          (key, known) -> new Setting(key, known.value(), environment.group(2), known.comment()));
    } else if (value.matches()) {
      String key = path(value.group(1));
      settings.put(key, new Setting(key, value.group(2), "", String.join(" ", comment)));
    }
    comment.clear();
  }

  private String path(String key) {
    return blocks.isEmpty() ? key : String.join(".", blocks) + "." + key;
  }
}
