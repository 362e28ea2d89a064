// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What README and docs show is what is there. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DocumentationTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern SHOWN_FILE =
      Pattern.compile("<!-- (\\S+) -->\n```\\w+\n(.*?)\n```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#]+)(?:#[^)]*)?\\)");
  private static final int ENTITY_LINES_MAX = 40;

  @Test
  void code_in_the_readme_is_taken_from_files_that_are_built() throws IOException {
    Matcher shown = SHOWN_FILE.matcher(Files.readString(ROOT.resolve("README.md")));
    List<String> files = new ArrayList<>();
    while (shown.find()) {
      files.add(shown.group(1));
      assertThat(Files.readString(ROOT.resolve(shown.group(1)))).contains(shown.group(2));
    }
    assertThat(files).hasSize(4);
  }

  @Test
  void the_first_entity_is_shown_whole_and_is_short() throws IOException {
    Matcher shown = SHOWN_FILE.matcher(Files.readString(ROOT.resolve("README.md")));
    while (shown.find()) {
      if (shown.group(1).endsWith("Account.java")) {
        assertThat(shown.group(2).lines().count()).isLessThan(ENTITY_LINES_MAX);
        assertThat(Files.readString(ROOT.resolve(shown.group(1)))).endsWith(shown.group(2) + "\n");
      }
    }
  }

  @Test
  void every_link_leads_to_a_file() throws IOException {
    List<String> dead = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        if (!Files.exists(page.resolveSibling(link.group(1)))) {
          dead.add(ROOT.relativize(page) + " -> " + link.group(1));
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    pages.add(ROOT.resolve("README.md"));
    pages.add(ROOT.resolve("CONTRIBUTING.md"));
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }
}
