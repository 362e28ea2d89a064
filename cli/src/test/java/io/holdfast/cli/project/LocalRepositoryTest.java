// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LocalRepositoryTest {

  private static final String JAR = "holdfast-entity-sdk-0.1.0-SNAPSHOT.jar";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  @Test
  void mavens_option_wins_over_the_users_settings() throws IOException {
    write(
        ".m2/settings.xml", "<settings><localRepository> /elsewhere </localRepository></settings>");

    assertThat(LocalRepository.ofThisUser("-Xmx1g -Dmaven.repo.local=/option", folder).root())
        .isEqualTo(Path.of("/option"));
    assertThat(LocalRepository.ofThisUser("-Xmx1g", folder).root())
        .isEqualTo(Path.of("/elsewhere"));
  }

  @Test
  void without_either_it_is_where_it_always_is() {
    assertThat(LocalRepository.ofThisUser(null, folder).root())
        .isEqualTo(folder.resolve(".m2/repository"));
  }

  @Test
  void a_library_is_there_only_if_every_byte_is() throws IOException {
    var repository = new LocalRepository(folder.resolve("repository"));
    List<Path> modules = List.of(folder.resolve("sdk"), folder.resolve("no-such-module"));
    write("sdk/target/" + JAR, "new");
    assertThat(repository.hasLibrariesOf(modules)).isFalse();

    String installed = "repository/io/holdfast/holdfast-entity-sdk/0.1.0-SNAPSHOT/" + JAR;
    write(installed, "old");
    assertThat(repository.hasLibrariesOf(modules)).isFalse();

    write(installed, "new");
    assertThat(repository.hasLibrariesOf(modules)).isTrue();
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
