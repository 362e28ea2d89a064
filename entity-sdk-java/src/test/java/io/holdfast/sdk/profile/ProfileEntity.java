// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.profile;

import com.google.protobuf.Empty;
import io.grpc.Status;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.Value;
import io.holdfast.sdk.ValueEntity;
import io.holdfast.sdk.cart.CartEntity;
import io.holdfast.sdk.cart.CartEvent;
import io.holdfast.sdk.testproto.ProfileId;
import io.holdfast.sdk.testproto.ProfileView;
import io.holdfast.sdk.testproto.ProfilesGrpc;
import io.holdfast.sdk.testproto.RenameRequest;

/** Does what the new name asks for. */
public final class ProfileEntity implements ValueEntity<Profile> {

  public static Value<ProfileEntity, Profile> described() {
    return Value.entity("profile", ProfilesGrpc.getServiceDescriptor(), ProfileEntity::new)
        .on(ProfilesGrpc.getRenameMethod(), ProfileEntity::rename)
        .on(ProfilesGrpc.getRenameAndShowMethod(), ProfileEntity::renameAndShow)
        .on(ProfilesGrpc.getShowMethod(), ProfileEntity::show)
        .on(ProfilesGrpc.getForgetMethod(), ProfileEntity::forget)
        .upgrade("test-profile", "test-profile.v2", old -> old.put("renamed", 0));
  }

  @Override
  public Profile emptyState() {
    return Profile.EMPTY;
  }

  public Effect<Empty> rename(Profile profile, RenameRequest request) {
    return switch (request.getName()) {
      case "forbidden" -> refuse(Status.Code.PERMISSION_DENIED, "not that name");
      case "quiet" -> update(profile.withName("quiet")).thenNothing();
      case "broken" -> throw new IllegalStateException("this broke");
      case "event" -> new CartEntity().persist(new CartEvent.Emptied()).thenNothing();
      default -> update(profile.withName(request.getName())).thenReply(Empty.getDefaultInstance());
    };
  }

  public Effect<ProfileView> renameAndShow(Profile profile, RenameRequest request) {
    return update(profile.withName(request.getName())).thenReplyFrom(ProfileEntity::view);
  }

  public ReadOnlyEffect<ProfileView> show(Profile profile, ProfileId request) {
    return reply(view(profile));
  }

  public Effect<Empty> forget(Profile profile, ProfileId request) {
    return profile.name().isEmpty() ? nothing() : delete().thenReply(Empty.getDefaultInstance());
  }

  private static ProfileView view(Profile profile) {
    return ProfileView.newBuilder().setName(profile.name()).setRenamed(profile.renamed()).build();
  }
}
