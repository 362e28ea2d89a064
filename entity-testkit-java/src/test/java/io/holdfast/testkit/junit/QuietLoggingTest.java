// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** This module's tests have no configuration of their own, as a new project's have none. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class QuietLoggingTest {

  @Test
  void warnings_are_printed_and_nothing_less() {
    assertThat(LoggerFactory.getLogger("io.netty").isWarnEnabled()).isTrue();
    assertThat(LoggerFactory.getLogger("io.netty").isInfoEnabled()).isFalse();
  }
}
