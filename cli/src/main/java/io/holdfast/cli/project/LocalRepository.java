// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Maven's repository of this user, where projects elsewhere find Holdfast.
 *
 * @param root its folder
 */
record LocalRepository(Path root) {

  private static final Pattern OPTION = Pattern.compile("-Dmaven\\.repo\\.local=(\\S+)");
  private static final Pattern SETTING =
      Pattern.compile("<localRepository>\\s*([^<]+?)\\s*</localRepository>");
  private static final Pattern LIBRARY = Pattern.compile("(holdfast-[a-z-]+?)-(\\d.*)\\.jar");

  /** By Maven's options, then by the user's settings, then where it is by default. */
  static LocalRepository ofThisUser(@Nullable String mavenOptions, Path userHome) {
    Matcher option = OPTION.matcher(mavenOptions == null ? "" : mavenOptions);
    if (option.find()) {
      return new LocalRepository(Path.of(option.group(1)));
    }
    Path maven = userHome.resolve(".m2");
    try {
      Matcher setting = SETTING.matcher(Files.readString(maven.resolve("settings.xml")));
      if (setting.find() && !setting.group(1).contains("$")) {
        return new LocalRepository(Path.of(setting.group(1)));
      }
    } catch (IOException e) {
      // No settings, which is what most have.
    }
    return new LocalRepository(maven.resolve("repository"));
  }

  /** Whether it has, byte for byte, the libraries that were built in these modules. */
  boolean hasLibrariesOf(Iterable<Path> modules) {
    for (Path module : modules) {
      if (Files.isDirectory(module) && !hasLibrariesOf(module)) {
        return false;
      }
    }
    return true;
  }

  private boolean hasLibrariesOf(Path module) {
    try (Stream<Path> files = Files.list(module.resolve("target"))) {
      return files.anyMatch(this::hasSame);
    } catch (IOException e) {
      return false;
    }
  }

  private boolean hasSame(Path jar) {
    Matcher name = LIBRARY.matcher(jar.getFileName().toString());
    if (!name.matches()) {
      return false;
    }
    Path installed =
        root.resolve("io/holdfast")
            .resolve(name.group(1))
            .resolve(name.group(2))
            .resolve(jar.getFileName().toString());
    try {
      return Files.isRegularFile(installed) && Files.mismatch(jar, installed) < 0;
    } catch (IOException e) {
      return false;
    }
  }
}
