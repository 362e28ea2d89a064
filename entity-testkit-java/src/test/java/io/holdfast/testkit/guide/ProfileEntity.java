// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.guide;

import com.google.protobuf.Empty;
import io.grpc.Status.Code;
import io.holdfast.sdk.CommandContext;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.StoredAs;
import io.holdfast.sdk.Value;
import io.holdfast.sdk.ValueEntity;
import io.holdfast.testkit.guide.ProfileEntity.Profile;
import io.holdfast.testkit.guide.counters.CountRequest;
import io.holdfast.testkit.guide.counters.CountersGrpc;
import io.holdfast.testkit.guide.counters.ReadRequest;
import io.holdfast.testkit.guide.counters.Total;
import io.holdfast.testkit.guide.profiles.ProfileId;
import io.holdfast.testkit.guide.profiles.ProfileView;
import io.holdfast.testkit.guide.profiles.ProfilesGrpc;
import io.holdfast.testkit.guide.profiles.RenameRequest;

/** Who somebody is, by name. Counters know how often it was asked. */
public final class ProfileEntity implements ValueEntity<Profile> {

  @StoredAs("profile")
  public record Profile(String name) {}

  static Value<ProfileEntity, Profile> profile() {
    return Value.entity("profile", ProfilesGrpc.getServiceDescriptor(), ProfileEntity::new)
        .on(ProfilesGrpc.getRenameMethod(), ProfileEntity::rename)
        .on(ProfilesGrpc.getGetProfileMethod(), ProfileEntity::getProfile)
        .on(ProfilesGrpc.getGetVisitsMethod(), ProfileEntity::getVisits)
        .on(ProfilesGrpc.getForgetMethod(), ProfileEntity::forget);
  }

  @Override
  public Profile emptyState() {
    return new Profile("");
  }

  Effect<ProfileView> rename(Profile profile, RenameRequest command) {
    if (command.getName().isBlank()) {
      return refuse(Code.INVALID_ARGUMENT, "a name is needed");
    }
    return update(new Profile(command.getName())).thenReplyFrom(ProfileEntity::view);
  }

  ReadOnlyEffect<ProfileView> getProfile(
      Profile profile, ProfileId command, CommandContext context) {
    return reply(view(profile))
        .withMetadata(Metadata.empty().with("x-profile", context.entityId()))
        .andAwait(CountersGrpc.getCountMethod(), visit(command));
  }

  ReadOnlyEffect<Total> getVisits(Profile profile, ProfileId command) {
    return forward(
        CountersGrpc.getReadMethod(),
        ReadRequest.newBuilder().setCounterId(command.getProfileId()).build());
  }

  Effect<Empty> forget(Profile profile, ProfileId command) {
    return delete().thenNothing();
  }

  private static ProfileView view(Profile profile) {
    return ProfileView.newBuilder().setName(profile.name()).build();
  }

  static CountRequest visit(ProfileId id) {
    return CountRequest.newBuilder().setCounterId(id.getProfileId()).setBy(1).build();
  }
}
