// SPDX-License-Identifier: Apache-2.0
package com.example.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.profile.api.ChangeEmailRequest;
import com.example.profile.api.DeleteProfileRequest;
import com.example.profile.api.Profile;
import com.example.profile.api.SaveProfileRequest;
import io.grpc.Status.Code;
import io.holdfast.testkit.EntityTest;
import io.holdfast.testkit.ValueEntityTest;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProfileEntityTest {

  private static final Profile ANN =
      Profile.newBuilder().setName("Ann").setEmail("ann@example.com").build();

  private final ValueEntityTest<ProfileEntity, Profile> nobody = EntityTest.of(Main.profile());
  private final ValueEntityTest<ProfileEntity, Profile> ann = nobody.givenState(ANN);

  @Test
  void saving_replaces_the_whole_profile() {
    var result =
        ann.when(
            ProfileEntity::saveProfile,
            SaveProfileRequest.newBuilder().setName("Anna").setEmail("anna@example.com").build());
    assertThat(result.state().getName()).isEqualTo("Anna");
    assertThat(result.reply()).isEqualTo(result.state());
  }

  @Test
  void a_new_address_leaves_the_name() {
    var result = ann.when(ProfileEntity::changeEmail, email("ann@example.org"));
    assertThat(result.state()).isEqualTo(ANN.toBuilder().setEmail("ann@example.org").build());
  }

  @Test
  void who_has_no_profile_has_no_address() {
    assertThat(nobody.when(ProfileEntity::changeEmail, email("a@b")).refusal().code())
        .isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void deleting_leaves_nothing() {
    var result = ann.when(ProfileEntity::deleteProfile, DeleteProfileRequest.getDefaultInstance());
    assertThat(result.state()).isEqualTo(Profile.getDefaultInstance());
  }

  private static ChangeEmailRequest email(String email) {
    return ChangeEmailRequest.newBuilder().setEmail(email).build();
  }
}
