// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Prometheus' text format, and writes of it what the documentation shows. */
final class ScrapedMetrics {

  static final String HEADING = "| name | kind | labels | meaning |\n| --- | --- | --- | --- |\n";

  private static final Pattern HELP = Pattern.compile("(?m)^# HELP (holdfast_\\w+) (.*)$");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (holdfast_\\w+) (\\w+)$");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^(holdfast_\\w+)(?:\\{([^}]*)})? ");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

  private ScrapedMetrics() {}

  /** A row for each metric of ours, by name. */
  static String table(String scraped) {
    Map<String, String> meanings = pairs(HELP, scraped);
    Map<String, String> labels = labels(scraped);
    var table = new StringBuilder(HEADING);
    pairs(TYPE, scraped)
        .forEach(
            (name, kind) ->
                table.append(
                    "| `%s` | %s | %s | %s |%n"
                        .formatted(
                            name,
                            kind,
                            labels.getOrDefault(name, ""),
                            meanings.getOrDefault(name, ""))));
    return table.toString();
  }

  private static Map<String, String> pairs(Pattern pattern, String text) {
    Map<String, String> pairs = new TreeMap<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      pairs.put(matcher.group(1), matcher.group(2));
    }
    return pairs;
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    Matcher sample = SAMPLE.matcher(text);
    while (sample.find()) {
      var names = new TreeSet<String>();
      Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
      while (label.find()) {
        if (!label.group(1).equals("le")) {
          names.add('`' + label.group(1) + '`');
        }
      }
      labels.put(sample.group(1).replaceAll("_(bucket|count|sum)$", ""), String.join(", ", names));
    }
    return labels;
  }
}
