// SPDX-License-Identifier: Apache-2.0
package com.example.profile;

import com.example.profile.api.ChangeEmailRequest;
import com.example.profile.api.DeleteProfileRequest;
import com.example.profile.api.GetProfileRequest;
import com.example.profile.api.Profile;
import com.example.profile.api.SaveProfileRequest;
import com.google.protobuf.Empty;
import io.grpc.Status.Code;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.ValueEntity;

/** One user's profile. Nobody asks what it was before, so it has no events. */
public final class ProfileEntity implements ValueEntity<Profile> {

  /** Of a user who has none. */
  @Override
  public Profile emptyState() {
    return Profile.getDefaultInstance();
  }

  Effect<Profile> saveProfile(Profile profile, SaveProfileRequest request) {
    if (request.getName().isBlank()) {
      return refuse(Code.INVALID_ARGUMENT, "a profile needs a name");
    }
    if (!isAddress(request.getEmail())) {
      return refuse(Code.INVALID_ARGUMENT, "\"" + request.getEmail() + "\" is no e-mail address");
    }
    return update(
            Profile.newBuilder().setName(request.getName()).setEmail(request.getEmail()).build())
        .thenReplyFrom(saved -> saved);
  }

  Effect<Profile> changeEmail(Profile profile, ChangeEmailRequest request) {
    if (profile.getName().isEmpty()) {
      return noProfile();
    }
    if (!isAddress(request.getEmail())) {
      return refuse(Code.INVALID_ARGUMENT, "\"" + request.getEmail() + "\" is no e-mail address");
    }
    return update(profile.toBuilder().setEmail(request.getEmail()).build())
        .thenReplyFrom(saved -> saved);
  }

  ReadOnlyEffect<Profile> getProfile(Profile profile, GetProfileRequest request) {
    return profile.getName().isEmpty() ? noProfile() : reply(profile);
  }

  Effect<Empty> deleteProfile(Profile profile, DeleteProfileRequest request) {
    // Twice is as good as once.
    return delete().thenReply(Empty.getDefaultInstance());
  }

  private <R> ReadOnlyEffect<R> noProfile() {
    return refuse(Code.NOT_FOUND, "there is no profile");
  }

  private static boolean isAddress(String email) {
    int at = email.indexOf('@');
    return at > 0 && at < email.length() - 1;
  }
}
