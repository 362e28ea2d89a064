// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.holdfast.testkit.guide.profiles.ProfileId;
import io.holdfast.testkit.guide.profiles.ProfilesGrpc;
import io.holdfast.testkit.guide.profiles.ProfilesGrpc.ProfilesBlockingStub;
import io.holdfast.testkit.guide.profiles.RenameRequest;
import io.holdfast.testkit.junit.HoldfastExtension;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Profiles and the counters of their visits, behind a real proxy. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProfilesTest {

  @RegisterExtension
  static final HoldfastExtension holdfast =
      HoldfastExtension.serving(ProfileEntity.profile(), Counter.described());

  private final ProfilesBlockingStub profiles =
      ProfilesGrpc.newBlockingStub(holdfast.channel()).withWaitForReady();

  @Test
  void a_name_survives_a_restart_of_the_proxy() {
    rename("p1", "ann");
    holdfast.restartProxy();
    assertThat(profiles.getProfile(id("p1")).getName()).isEqualTo("ann");
  }

  @Test
  void a_forgotten_name_does_not_come_back() {
    rename("p2", "bob");
    var unused = profiles.forget(id("p2"));
    holdfast.restartProxy();
    assertThat(profiles.getProfile(id("p2")).getName()).isEmpty();
  }

  @Test
  void each_visit_is_counted_before_it_is_answered() {
    assertThat(profiles.getVisits(id("p3")).getTotal()).isZero();
    var once = profiles.getProfile(id("p3"));
    var twice = profiles.getProfile(id("p3"));
    assertThat(once).isEqualTo(twice);
    assertThat(profiles.getVisits(id("p3")).getTotal()).isEqualTo(2);
  }

  @Test
  void a_reply_has_its_headers() {
    var headers = new AtomicReference<Metadata>();
    ClientInterceptor capture =
        MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>());
    var unused = profiles.withInterceptors(capture).getProfile(id("p4"));
    var key = Metadata.Key.of("x-profile", Metadata.ASCII_STRING_MARSHALLER);
    assertThat(Objects.requireNonNull(headers.get()).get(key)).isEqualTo("p4");
  }

  private void rename(String id, String name) {
    var unused = profiles.rename(RenameRequest.newBuilder().setProfileId(id).setName(name).build());
  }

  private static ProfileId id(String id) {
    return ProfileId.newBuilder().setProfileId(id).build();
  }
}
