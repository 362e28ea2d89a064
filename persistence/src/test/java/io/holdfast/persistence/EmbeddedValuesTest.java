// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import com.typesafe.config.Config;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedValuesTest extends ValuesContract {

  private final Path directory;

  EmbeddedValuesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Override
  Config settings() {
    return embedded(directory);
  }
}
