// SPDX-License-Identifier: Apache-2.0
package io.holdfast.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A variable that nobody reads is a setting that silently does nothing. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class VariablesTest {

  private static final Pattern OURS =
      Pattern.compile("\\b(?:HOLDFAST|HTTP|USER_FUNCTION)_[A-Z0-9_]*[A-Z0-9]\\b");

  @Test
  void every_variable_in_a_file_for_operators_is_read_by_the_proxy_or_the_function() {
    Set<String> known = new TreeSet<>(KnownVariables.ofProxy());
    known.addAll(KnownVariables.ofFunction());

    Map<String, Path> unknown = new TreeMap<>();
    int found = 0;
    for (Path file : Deployment.operatorsFiles()) {
      Matcher variable = OURS.matcher(Deployment.text(file));
      while (variable.find()) {
        found++;
        if (!known.contains(variable.group())) {
          unknown.put(variable.group(), Deployment.ROOT.relativize(file));
        }
      }
    }

    assertThat(unknown).isEmpty();
    assertThat(found).isGreaterThan(20);
  }

  @Test
  void what_is_read_is_found_in_the_sources() {
    assertThat(KnownVariables.ofProxy())
        .contains("HTTP_PORT", "USER_FUNCTION_HOST", "HOLDFAST_STORE", "HOLDFAST_LOG_LEVEL")
        .doesNotContain("HOLDFAST_MODE");
    assertThat(KnownVariables.ofFunction()).contains("HOST", "PORT", "HOLDFAST_MODE");
  }
}
