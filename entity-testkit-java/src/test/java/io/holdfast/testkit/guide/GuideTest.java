// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.EntityTest;
import io.holdfast.testkit.guide.api.Balance;
import io.holdfast.testkit.guide.api.DepositRequest;
import io.holdfast.testkit.guide.api.Deposited;
import io.holdfast.testkit.guide.counters.CountRequest;
import io.holdfast.testkit.guide.counters.ReadRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class GuideTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern SNIPPET =
      Pattern.compile("```(java|proto|xml)\n(.*?)```", Pattern.DOTALL);

  @Test
  void every_snippet_of_the_guide_stands_in_code_that_is_built() throws IOException {
    var guide = Files.readString(ROOT.resolve("docs/sdk.md"));
    var code = code();
    var snippets = SNIPPET.matcher(guide).results().map(found -> found.group(2)).toList();
    assertThat(snippets).hasSizeGreaterThan(5);
    assertThat(snippets).allSatisfy(snippet -> assertThat(code).contains(squeezed(snippet)));
  }

  @Test
  void the_least_entity_counts() {
    var counter = EntityTest.of(Counter.described()).given(new Counter.Counted(2));
    var count = CountRequest.newBuilder().setBy(3).build();
    var read = counter.when(Counter::count, count).then();
    assertThat(read.when(Counter::read, ReadRequest.getDefaultInstance()).reply().getTotal())
        .isEqualTo(5);
  }

  @Test
  void protobuf_events_work_as_the_guide_says() {
    var result =
        EntityTest.of(ProtobufAccountEntity.described())
            .withMetadata(Map.of("x-teller", "ann"))
            .when(ProtobufAccountEntity::deposit, DepositRequest.newBuilder().setCents(5).build());
    assertThat(result.events()).containsExactly(Deposited.newBuilder().setCents(5).build());
    assertThat(result.state()).isEqualTo(Balance.newBuilder().setCents(5).build());
  }

  @Test
  void old_deposits_are_understood() {
    var old = EntityTest.of(ChangedEntity.described()).givenStored("deposited", "{\"cents\":5}");
    assertThat(old.state()).isEqualTo(5L);
  }

  private static String code() throws IOException {
    var code = new StringBuilder();
    for (Path place :
        List.of(
            ROOT.resolve("entity-testkit-java/src/test"), ROOT.resolve("samples/shopping-cart"))) {
      try (var files = Files.walk(place)) {
        for (Path file : files.filter(GuideTest::isSource).toList()) {
          code.append(squeezed(Files.readString(file)));
        }
      }
    }
    return code.toString();
  }

  private static boolean isSource(Path file) {
    var path = file.toString();
    return !path.contains("/target/") && path.matches(".*(\\.java|\\.proto|pom\\.xml)");
  }

  /** Without white space: how lines are broken is no matter. */
  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }
}
