// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import io.holdfast.sdk.Call;
import io.holdfast.sdk.SideEffect;
import io.holdfast.testkit.EntityTest;
import io.holdfast.testkit.ValueEntityTest;
import io.holdfast.testkit.guide.ProfileEntity.Profile;
import io.holdfast.testkit.guide.counters.CountersGrpc;
import io.holdfast.testkit.guide.counters.ReadRequest;
import io.holdfast.testkit.guide.profiles.ProfileId;
import io.holdfast.testkit.guide.profiles.RenameRequest;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProfileEntityTest {

  private static final ProfileId ID = ProfileId.newBuilder().setProfileId("p1").build();

  private final ValueEntityTest<ProfileEntity, Profile> profile =
      EntityTest.of(ProfileEntity.profile());

  @Test
  void takes_a_name() {
    var result = profile.givenState(new Profile("ann")).when(ProfileEntity::rename, rename("bob"));
    assertThat(result.reply().getName()).isEqualTo("bob");
    assertThat(result.state()).isEqualTo(new Profile("bob"));
  }

  @Test
  void refuses_a_blank_one() {
    var result = profile.when(ProfileEntity::rename, rename(" "));
    assertThat(result.refusal().code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(result.isUpdated()).isFalse();
  }

  @Test
  void can_be_forgotten() {
    var result = profile.givenState(new Profile("ann")).when(ProfileEntity::forget, ID);
    assertThat(result.isDeleted()).isTrue();
    assertThat(result.state()).isEqualTo(new Profile(""));
  }

  @Test
  void counts_its_visits() {
    var result = profile.withId("p1").when(ProfileEntity::getProfile, ID);
    assertThat(result.sideEffects())
        .containsExactly(
            SideEffect.awaited(CountersGrpc.getCountMethod(), ProfileEntity.visit(ID)));
    assertThat(result.metadata().text("x-profile")).contains("p1");
  }

  @Test
  void leaves_visits_to_their_counter() {
    var result = profile.when(ProfileEntity::getVisits, ID);
    assertThat(result.forward())
        .isEqualTo(
            Call.of(
                CountersGrpc.getReadMethod(), ReadRequest.newBuilder().setCounterId("p1").build()));
  }

  private static RenameRequest rename(String name) {
    return RenameRequest.newBuilder().setName(name).build();
  }
}
