// SPDX-License-Identifier: Apache-2.0
package io.holdfast.deploy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The chart, rendered by Helm itself. */
final class Chart {

  static final Path FOLDER = Deployment.FILES.resolve("helm/holdfast");

  private static final Path EXAMPLES = Deployment.FILES.resolve("helm/examples");

  // Helm as a library takes every cluster for one of version 1.20, and cannot be told otherwise.
  private static final Pattern KUBE_VERSION = Pattern.compile("(?m)^kubeVersion: .*$");
  private static final Path FOR_ANY_VERSION = copied();

  private Chart() {}

  private static Path copied() {
    Path copy = Deployment.FILES.resolve("target/chart");
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = copy.resolve(FOLDER.relativize(file).toString());
        Files.createDirectories(Objects.requireNonNull(to.getParent()));
        Files.writeString(to, KUBE_VERSION.matcher(Deployment.text(file)).replaceAll(""));
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static LintResult lint() {
    return new Helm(FOLDER).lint().strict().call();
  }

  /** What is sent to Kubernetes, given the values of one of the examples. */
  static Manifests rendered(String example) {
    return new Manifests(text(example, Map.of()));
  }

  /** The same, with some values set as by {@code --set}. */
  static String text(String example, Map<String, Object> values) {
    var template =
        new Helm(FOR_ANY_VERSION)
            .template()
            .withName("carts")
            .withNamespace("shop")
            .withValuesFile(EXAMPLES.resolve(example + ".yaml"));
    values.forEach(template::set);
    return template.call();
  }
}
