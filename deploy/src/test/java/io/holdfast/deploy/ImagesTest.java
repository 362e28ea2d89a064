// SPDX-License-Identifier: Apache-2.0
package io.holdfast.deploy;

import static io.holdfast.deploy.Deployment.FUNCTION;
import static io.holdfast.deploy.Deployment.IMAGES;
import static io.holdfast.deploy.Deployment.PROXY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What images are built from. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ImagesTest {

  private static final Pattern INSIDE = Pattern.compile("/opt/[\\w./-]+");

  @ParameterizedTest
  @ValueSource(strings = {"proxy", "sample"})
  void an_image_runs_as_a_user_with_a_number_on_a_base_of_the_operators_choice(String image) {
    String dockerfile = Deployment.text(IMAGES.resolve(image).resolve("Dockerfile"));

    assertThat(dockerfile)
        .contains("\nARG BASE_IMAGE=", "\nFROM ${BASE_IMAGE}\n", "\nHEALTHCHECK ")
        .containsPattern("\nUSER [1-9]\\d+:[1-9]\\d+\n")
        .containsPattern("\nENTRYPOINT \\[\"");
    assertThat(Pattern.compile("(?m)^FROM ").matcher(dockerfile).results()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy", "sample"})
  void every_program_that_a_dockerfile_names_is_laid_out_and_can_be_run(String image) {
    Path context = IMAGES.resolve(image);
    List<Path> named =
        INSIDE
            .matcher(Deployment.text(context.resolve("Dockerfile")))
            .results()
            .map(MatchResult::group)
            .map(path -> context.resolve(path.substring(1)))
            .toList();

    assertThat(named).hasSizeGreaterThan(3).allMatch(Files::exists);
    assertThat(named).filteredOn(file -> file.toString().contains("/bin/")).hasSize(3);
    assertThat(named)
        .filteredOn(file -> file.toString().contains("/bin/"))
        .allMatch(Files::isExecutable);
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy", "sample"})
  void the_program_takes_the_place_of_its_script_so_that_signals_reach_it(String image)
      throws Exception {
    String script = image.equals("proxy") ? "proxy" : "function";
    Path file =
        IMAGES
            .resolve(image)
            .resolve(image.equals("proxy") ? "opt/holdfast" : "opt/function")
            .resolve("bin")
            .resolve(script);

    assertThat(Deployment.text(file)).containsPattern("\nexec \"\\$java\" ");
    assertThat(Deployment.text(file).lines().filter(line -> line.contains("$java"))).hasSize(1);
  }

  @Test
  void scripts_are_ones_that_bash_can_read() throws Exception {
    for (Path program : List.of(PROXY, FUNCTION)) {
      try (Stream<Path> scripts = Files.list(program.resolve("bin"))) {
        for (Path script : scripts.toList()) {
          assertThat(Bash.run("bash -n " + script)).as(script.toString()).isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"opt/holdfast/holdfast-proxy.jar, proxy", "opt/function/shopping-cart.jar, sample"})
  void all_libraries_that_a_program_asks_for_are_there_and_no_others(String jar, String image)
      throws IOException {
    Path program = IMAGES.resolve(image).resolve(jar);
    List<String> asked;
    try (var file = new JarFile(program.toFile())) {
      asked = List.of(file.getManifest().getMainAttributes().getValue("Class-Path").split(" ", -1));
    }
    try (Stream<Path> libraries = Files.list(program.resolveSibling("lib"))) {
      assertThat(libraries.map(library -> "lib/" + library.getFileName()))
          .containsExactlyInAnyOrderElementsOf(asked);
    }
  }

  @Test
  void of_rocksdbs_native_code_only_that_for_linux_is_there() throws IOException {
    Path rocks;
    try (Stream<Path> libraries = Files.list(PROXY.resolve("lib"))) {
      rocks =
          libraries
              .filter(file -> file.toString().contains("rocksdbjni"))
              .findFirst()
              .orElseThrow();
    }
    try (var file = new JarFile(rocks.toFile())) {
      assertThat(file.stream().map(Object::toString).filter(name -> name.startsWith("librocksdb")))
          .containsExactlyInAnyOrder("librocksdbjni-linux64.so", "librocksdbjni-linux-aarch64.so");
      assertThat(file.getEntry("org/rocksdb/RocksDB.class")).isNotNull();
    }
  }

  @Test
  void cores_are_those_that_the_containers_quota_leaves(@TempDir Path cgroup) throws Exception {
    int all = Integer.parseInt(Bash.run("nproc"));
    assertThat(cores(cgroup)).as("no quota anywhere").isEqualTo(all);

    Path limit = cgroup.resolve("cpu.max");
    Files.writeString(limit, "max 100000\n");
    assertThat(cores(cgroup)).isEqualTo(all);
    Files.writeString(limit, "50000 100000\n");
    assertThat(cores(cgroup)).as("half a core").isEqualTo(1);
    Files.writeString(limit, "110000 100000\n");
    assertThat(cores(cgroup)).as("a bit more than one").isEqualTo(Math.min(2, all));
    Files.writeString(limit, "6400000 100000\n");
    assertThat(cores(cgroup)).as("more than there are").isEqualTo(Math.min(64, all));

    Files.delete(limit);
    Path older = Files.createDirectory(cgroup.resolve("cpu"));
    Files.writeString(older.resolve("cpu.cfs_period_us"), "100000\n");
    Files.writeString(older.resolve("cpu.cfs_quota_us"), "-1\n");
    assertThat(cores(cgroup)).isEqualTo(all);
    Files.writeString(older.resolve("cpu.cfs_quota_us"), "100000\n");
    assertThat(cores(cgroup)).isEqualTo(1);
  }

  @Test
  void addresses_of_ipv6_are_reached_without_brackets_and_named_with_them() throws Exception {
    for (String host : List.of("::1", "[::1]")) {
      assertThat(script("bare " + host)).isEqualTo("::1");
      assertThat(script("named " + host)).isEqualTo("[::1]");
    }
    assertThat(script("bare proxy-1")).isEqualTo("proxy-1");
    assertThat(script("named 10.0.0.1")).isEqualTo("10.0.0.1");
  }

  private static String script(String call) throws Exception {
    return Bash.run(". " + PROXY.resolve("bin/jvm.sh") + " && " + call);
  }

  private static int cores(Path cgroup) throws Exception {
    return Integer.parseInt(script("cores " + cgroup));
  }
}
