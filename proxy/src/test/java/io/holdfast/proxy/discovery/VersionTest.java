// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class VersionTest {

  @Test
  void accepts_its_own_version_without_a_word() {
    assertThat(warnings(check(true, 0, 2))).isEmpty();
  }

  @Test
  void accepts_a_library_that_announces_no_version_with_a_warning() {
    assertThat(warnings(check(true, 0, 0))).singleElement().asString().contains("0.2");
  }

  @Test
  void refuses_other_versions_and_names_both() {
    for (int minor : new int[] {1, 3}) {
      assertThat(problems(check(true, 0, minor)))
          .singleElement()
          .asString()
          .contains("0." + minor, "0.2", "holdfast.discovery.check-version");
    }
    assertThat(problems(check(true, 1, 2))).hasSize(1);
  }

  @Test
  void accepts_other_versions_with_a_warning_when_the_check_is_off() {
    assertThat(warnings(check(false, 1, 0)))
        .singleElement()
        .asString()
        .contains("1.0", "0.2", "check-version");
  }

  @Test
  void announces_the_four_kinds_of_the_protocol() {
    var info = Announcement.proxyInfo();
    assertThat(info.getProtocolMajorVersion()).isZero();
    assertThat(info.getProtocolMinorVersion()).isEqualTo(2);
    assertThat(info.getProxyName()).isEqualTo("holdfast");
    assertThat(info.getProxyVersion()).isNotEmpty();
    assertThat(info.getSupportedEntityTypesList())
        .containsExactlyInAnyOrder(
            "cloudstate.eventsourced.EventSourced",
            "cloudstate.valueentity.ValueEntity",
            "cloudstate.crdt.Crdt",
            "cloudstate.action.ActionProtocol");
  }

  private static Verdict check(boolean checkVersion, int major, int minor) {
    var spec = ProtoFile.cart().spec(ProtoFile.eventSourced("Cart", ""));
    spec.getServiceInfoBuilder().setProtocolMajorVersion(major).setProtocolMinorVersion(minor);
    return new SpecCheck(checkVersion, Duration.ofSeconds(30)).check(spec.build());
  }

  private static List<String> warnings(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
    return ((Verdict.Accepted) verdict).warnings();
  }

  private static List<String> problems(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    return ((Verdict.Refused) verdict).problems();
  }
}
