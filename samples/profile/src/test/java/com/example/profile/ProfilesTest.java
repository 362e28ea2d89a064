// SPDX-License-Identifier: Apache-2.0
package com.example.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.profile.api.ChangeEmailRequest;
import com.example.profile.api.DeleteProfileRequest;
import com.example.profile.api.GetProfileRequest;
import com.example.profile.api.Profile;
import com.example.profile.api.ProfilesGrpc;
import com.example.profile.api.ProfilesGrpc.ProfilesBlockingStub;
import com.example.profile.api.SaveProfileRequest;
import io.grpc.StatusRuntimeException;
import io.holdfast.testkit.junit.HoldfastExtension;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Profiles as their clients see them, behind a real proxy. Each test has a user of its own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProfilesTest {

  @RegisterExtension
  static final HoldfastExtension holdfast = HoldfastExtension.serving(Main.profile());

  private static final Profile ANN =
      Profile.newBuilder().setName("Ann").setEmail("ann@example.com").build();

  private final ProfilesBlockingStub profiles =
      ProfilesGrpc.newBlockingStub(holdfast.channel()).withWaitForReady();

  private Profile save(String user, Profile profile) {
    return profiles.saveProfile(
        SaveProfileRequest.newBuilder()
            .setUserId(user)
            .setName(profile.getName())
            .setEmail(profile.getEmail())
            .build());
  }

  private Profile get(String user) {
    return profiles.getProfile(GetProfileRequest.newBuilder().setUserId(user).build());
  }

  private Profile changeEmail(String user, String email) {
    return profiles.changeEmail(
        ChangeEmailRequest.newBuilder().setUserId(user).setEmail(email).build());
  }

  @Test
  void what_is_saved_is_read() {
    assertThat(save("saved", ANN)).isEqualTo(ANN);
    assertThat(get("saved")).isEqualTo(ANN);
  }

  @Test
  void the_newest_address_takes_the_place_of_the_one_before() {
    save("moved", ANN);
    changeEmail("moved", "ann@example.org");
    assertThat(get("moved").getEmail()).isEqualTo("ann@example.org");
    assertThat(get("moved").getName()).isEqualTo("Ann");
  }

  @Test
  void a_profile_outlives_both_processes() {
    save("restarted", ANN);
    changeEmail("restarted", "new@example.com");
    holdfast.restartProxy();
    holdfast.restartFunction();
    assertThat(get("restarted").getEmail()).isEqualTo("new@example.com");
  }

  @Test
  void a_deleted_profile_is_gone_and_can_be_made_anew() {
    save("deleted", ANN);
    var unused =
        profiles.deleteProfile(DeleteProfileRequest.newBuilder().setUserId("deleted").build());
    assertThatThrownBy(() -> get("deleted"))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("NOT_FOUND: there is no profile");
    holdfast.restartProxy();
    assertThatThrownBy(() -> get("deleted")).hasMessageContaining("NOT_FOUND");
    assertThat(save("deleted", ANN)).isEqualTo(ANN);
  }

  @Test
  void what_is_no_profile_is_refused() {
    assertThatThrownBy(() -> save("wrong", ANN.toBuilder().clearName().build()))
        .hasMessageContaining("INVALID_ARGUMENT: a profile needs a name");
    assertThatThrownBy(() -> save("wrong", ANN.toBuilder().setEmail("ann@").build()))
        .hasMessageContaining("INVALID_ARGUMENT: \"ann@\" is no e-mail address");
    assertThatThrownBy(() -> changeEmail("nobody", "ann@example.com"))
        .hasMessageContaining("NOT_FOUND");
  }
}
