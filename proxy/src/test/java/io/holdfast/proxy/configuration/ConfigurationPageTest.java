// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.proxy.configuration.ReferenceFile.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Keeps the reference.conf files, what the sources read, and docs/configuration.md in step. With
 * {@code -Dholdfast.docs.write=true} it writes the page instead of comparing it.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConfigurationPageTest {

  private static final Path PROXY = Path.of("src/main/resources/reference.conf");
  private static final Path PERSISTENCE =
      Path.of("../persistence/src/main/resources/reference.conf");
  private static final Path PAGE = Path.of("../docs/configuration.md");

  // What Akka reads of our blocks: how its plugins and dispatchers are made. Not for operators.
  private static final Predicate<String> FOR_AKKA =
      Pattern.compile(
              "^akka\\.|\\.(class|plugin-dispatcher)$|-dispatcher\\.|\\.replay-filter\\."
                  + "|^holdfast\\.persistence\\.((postgres|cassandra)\\.)?snapshot-store\\.")
          .asPredicate();

  @Test
  void every_documented_key_is_read_and_every_key_read_is_documented() throws IOException {
    Set<String> read =
        ReadKeys.inSources(Path.of("src/main/java"), Path.of("../persistence/src/main/java"));
    read.addAll(ReadKeys.substitutedIn(Path.of("src/main/resources/holdfast-akka.conf")));

    assertThat(read).containsExactlyElementsOf(keys(settings()));
  }

  @Test
  void the_settings_found_are_those_that_the_configuration_library_finds() throws IOException {
    Set<String> parsed = new TreeSet<>();
    for (Path file : List.of(PROXY, PERSISTENCE)) {
      Config config = ConfigFactory.parseFile(file.toFile());
      config.entrySet().stream()
          .map(entry -> entry.getKey().replace("\"", ""))
          .filter(FOR_AKKA.negate())
          .forEach(parsed::add);
    }
    assertThat(keys(settings())).containsExactlyElementsOf(parsed);
  }

  @Test
  void the_page_says_what_the_reference_files_say() throws IOException {
    if (Boolean.getBoolean("holdfast.docs.write")) {
      Files.writeString(PAGE, page());
    }
    assertThat(Files.readString(PAGE))
        .as("docs/configuration.md; write it anew with -Dholdfast.docs.write=true")
        .isEqualTo(page());
  }

  private static String page() throws IOException {
    var page = new StringBuilder();
    page.append("<!-- Written by ConfigurationPageTest from the reference.conf files. -->\n")
        .append("# Configuration of the proxy\n")
        .append("A setting is taken from a system property (`-Dholdfast.http.port=80`), else from ")
        .append("the file that `-Dconfig.file` names ")
        .append("([HOCON](https://github.com/lightbend/config/blob/main/HOCON.md)), else from its ")
        .append("environment variable, else it is the default.\n\n")
        .append("Durations are written `500ms`, `30s`, `5 minutes`; sizes `16 KiB`, `4 MiB`.\n");
    String block = "";
    for (Setting setting : settings()) {
      String[] path = setting.key().split("\\.", -1);
      String now = path.length > 2 ? path[1] : "store";
      if (!now.equals(block)) {
        block = now;
        page.append("\n## ").append(block).append("\n").append(introduction(block));
        page.append("| key | default | environment | meaning |\n| --- | --- | --- | --- |\n");
      }
      page.append(row(setting));
    }
    page.append("\n## Logs\n")
        .append("`HOLDFAST_LOG_LEVEL` is `INFO` unless set; `-Dlogback.configurationFile` names ")
        .append("another [Logback](https://logback.qos.ch/) configuration.\n");
    return page.toString();
  }

  private static String introduction(String block) throws IOException {
    String comment = ReferenceFile.blockComment(Files.readAllLines(PROXY), "holdfast." + block);
    return comment.isEmpty() ? "" : comment + "\n\n";
  }

  private static String row(Setting setting) {
    return "| `%s` | `%s` | %s | %s |%n"
        .formatted(
            setting.key(),
            setting.value().replace("\"\"", "(empty)").replace("\"", ""),
            setting.variable().isEmpty() ? "" : "`" + setting.variable() + "`",
            setting.comment());
  }

  private static List<Setting> settings() throws IOException {
    List<Setting> settings = new ArrayList<>();
    for (Path file : List.of(PERSISTENCE, PROXY)) {
      ReferenceFile.settings(Files.readAllLines(file)).stream()
          .filter(setting -> !FOR_AKKA.test(setting.key()))
          .forEach(settings::add);
    }
    return settings;
  }

  private static Set<String> keys(List<Setting> settings) {
    return settings.stream().map(Setting::key).collect(Collectors.toCollection(TreeSet::new));
  }
}
