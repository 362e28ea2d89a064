// SPDX-License-Identifier: Apache-2.0
package com.example.profile;

import com.example.profile.api.Profile;
import com.example.profile.api.ProfilesGrpc;
import io.holdfast.sdk.Function;
import io.holdfast.sdk.Value;

/** Serves profiles. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    Function.serve(profile());
  }

  /** Which handler serves which rpc. */
  static Value<ProfileEntity, Profile> profile() {
    return Value.entity("profile", ProfilesGrpc.getServiceDescriptor(), ProfileEntity::new)
        .on(ProfilesGrpc.getSaveProfileMethod(), ProfileEntity::saveProfile)
        .on(ProfilesGrpc.getChangeEmailMethod(), ProfileEntity::changeEmail)
        .on(ProfilesGrpc.getGetProfileMethod(), ProfileEntity::getProfile)
        .on(ProfilesGrpc.getDeleteProfileMethod(), ProfileEntity::deleteProfile);
  }
}
