// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.conformance.functionside.ProxySubject;
import io.holdfast.conformance.sdk.SdkFunctionTest;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Keeps the page of facts true: what it names is there, is run, and is all there is. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConformancePageTest {

  private static final Path PAGE = Path.of("README.md");
  private static final Pattern NAMED = Pattern.compile("`(\\w+Suite\\.\\w+)`");

  private static Set<String> named() throws IOException {
    var names = new TreeSet<String>();
    var matcher = NAMED.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /** Every test of every suite, under the class that declares it. */
  private static Set<String> tests() throws Exception {
    var names = new TreeSet<String>();
    for (Class<?> suite : suites()) {
      for (Method method : suite.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Test.class)) {
          names.add(suite.getSimpleName() + "." + method.getName());
        }
      }
    }
    return names;
  }

  private static List<Class<?>> suites() throws Exception {
    Path root =
        Path.of(ProxySubject.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    var suites = new ArrayList<Class<?>>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(file -> file.toString().endsWith("Suite.class")).toList()) {
        String name = root.relativize(file).toString().replace(File.separatorChar, '.');
        suites.add(Class.forName(name.substring(0, name.length() - ".class".length())));
      }
    }
    return suites;
  }

  @Test
  void every_test_that_the_page_names_exists() throws Exception {
    assertThat(tests()).containsAll(named());
  }

  @Test
  void every_test_of_the_suites_is_on_the_page() throws Exception {
    var unnamed = new TreeSet<>(tests());
    unnamed.removeAll(named());
    assertThat(unnamed).isEmpty();
  }

  @Test
  void every_suite_is_run_against_one_of_ours() throws Exception {
    var subjects =
        Stream.of(HoldfastProxyTest.class, SdkFunctionTest.class)
            .flatMap(test -> Arrays.stream(test.getDeclaredClasses()))
            .filter(nested -> !Modifier.isAbstract(nested.getModifiers()))
            .toList();
    for (Class<?> suite : suites()) {
      if (Arrays.stream(suite.getDeclaredMethods())
          .anyMatch(method -> method.isAnnotationPresent(Test.class))) {
        assertThat(subjects).as(suite.getSimpleName()).anyMatch(suite::isAssignableFrom);
      }
    }
  }
}
