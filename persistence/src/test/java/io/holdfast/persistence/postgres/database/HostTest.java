// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HostTest {

  @Test
  void servers_have_the_common_port_or_one_of_their_own() {
    assertThat(Host.parse("db1, db2:5433,10.0.0.7", 5432))
        .containsExactly(new Host("db1", 5432), new Host("db2", 5433), new Host("10.0.0.7", 5432));
  }

  @Test
  void an_address_of_version_6_keeps_its_colons() {
    assertThat(Host.parse("::1,[::1],[::1]:5433", 5432))
        .containsExactly(new Host("::1", 5432), new Host("[::1]", 5432), new Host("[::1]", 5433));
    assertThat(Host.parse("::1,[::1],[::1]:5433", 5432))
        .extracting(Host::toString)
        .containsExactly("[::1]:5432", "[::1]:5432", "[::1]:5433");
  }
}
