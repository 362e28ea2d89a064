// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.ExtensionRegistry;
import io.holdfast.protocol.EntityKeyProto;
import io.holdfast.protocol.EntitySpec;
import io.holdfast.protocol.ProxyInfo;
import io.holdfast.protocol.UserFunctionError;
import io.holdfast.protocol.eventsourced.EventSourcedGrpc;
import io.holdfast.sdk.Function;
import io.holdfast.sdk.cart.CartEntity;
import io.holdfast.sdk.profile.ProfileEntity;
import io.holdfast.sdk.readings.ReadingsAction;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DiscoveryTest {

  private static final ProxyInfo PROXY =
      ProxyInfo.newBuilder()
          .setProtocolMinorVersion(2)
          .setProxyName("a proxy")
          .setProxyVersion("1.0")
          .addSupportedEntityTypes(EventSourcedGrpc.SERVICE_NAME)
          .build();

  @Test
  void the_descriptors_are_complete_and_keep_the_entity_keys() throws Exception {
    var registry = ExtensionRegistry.newInstance();
    EntityKeyProto.registerAllExtensions(registry);
    var files = FileDescriptorSet.parseFrom(spec().getProto(), registry).getFileList();
    assertThat(files)
        .extracting(FileDescriptorProto::getName)
        .containsExactly(
            "google/protobuf/descriptor.proto",
            "cloudstate/entity_key.proto",
            "google/protobuf/empty.proto",
            "cart.proto");
    var key = files.get(3).getMessageType(0).getField(0);
    assertThat(key.getOptions().getExtension(EntityKeyProto.entityKey)).isTrue();
  }

  @Test
  void the_entity_is_announced_with_its_persistence_id_and_passivation() {
    assertThat(spec().getEntitiesList())
        .singleElement()
        .satisfies(
            entity -> {
              assertThat(entity.getEntityType()).isEqualTo("cloudstate.eventsourced.EventSourced");
              assertThat(entity.getServiceName()).isEqualTo("holdfast.sdk.test.TestCart");
              assertThat(entity.getPersistenceId()).isEqualTo("cart");
              assertThat(entity.getPassivationStrategy().getTimeout().getTimeout())
                  .isEqualTo(90_000);
            });
  }

  @Test
  void an_entity_without_snapshots_says_so() {
    assertThat(spec().getEntities(0).getWithoutSnapshots()).isFalse();
    try (var function = Function.of(CartEntity.described().withoutSnapshots()).port(0).start();
        var proxy = new ProxyConnection(function)) {
      assertThat(proxy.discovery().discover(PROXY).getEntities(0).getWithoutSnapshots()).isTrue();
    }
  }

  @Test
  void a_value_entity_is_announced_as_one() {
    try (var function = Function.of(ProfileEntity.described()).port(0).start();
        var proxy = new ProxyConnection(function)) {
      assertThat(proxy.discovery().discover(PROXY).getEntitiesList())
          .singleElement()
          .satisfies(
              entity -> {
                assertThat(entity.getEntityType()).isEqualTo("cloudstate.valueentity.ValueEntity");
                assertThat(entity.getServiceName()).isEqualTo("holdfast.sdk.test.Profiles");
                assertThat(entity.getPersistenceId()).isEqualTo("profile");
              });
    }
  }

  @Test
  void an_action_is_announced_without_anything_stored() {
    try (var function = Function.of(ReadingsAction.described()).port(0).start();
        var proxy = new ProxyConnection(function)) {
      assertThat(proxy.discovery().discover(PROXY).getEntitiesList())
          .singleElement()
          .satisfies(
              entity -> {
                assertThat(entity.getEntityType()).isEqualTo("cloudstate.action.ActionProtocol");
                assertThat(entity.getServiceName()).isEqualTo("holdfast.sdk.test.Readings");
                assertThat(entity.getPersistenceId()).isEmpty();
              });
    }
  }

  @Test
  void a_kind_that_the_proxy_does_not_know_is_logged_as_an_error() {
    try (var log = new LogCapture("io.holdfast.sdk.Function");
        var function =
            Function.of(CartEntity.described(), ProfileEntity.described()).port(0).start();
        var proxy = new ProxyConnection(function)) {
      assertThat(proxy.discovery().discover(PROXY).getEntitiesCount()).isEqualTo(2);
      assertThat(log.lines())
          .filteredOn(line -> line.getLevel() == Level.ERROR)
          .singleElement()
          .satisfies(
              line ->
                  assertThat(line.getFormattedMessage())
                      .contains("holdfast.sdk.test.Profiles")
                      .contains("cloudstate.valueentity.ValueEntity"));
    }
  }

  @Test
  void the_function_the_library_and_the_protocol_have_names_and_versions() {
    var info = spec().getServiceInfo();
    assertThat(info.getServiceName()).isEqualTo("carts");
    assertThat(info.getServiceVersion()).isEqualTo("1.2.3");
    assertThat(info.getServiceRuntime()).contains(System.getProperty("java.version"));
    assertThat(info.getSupportLibraryName()).isEqualTo("holdfast-entity-sdk");
    assertThat(info.getSupportLibraryVersion()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(info.getProtocolMajorVersion()).isZero();
    assertThat(info.getProtocolMinorVersion()).isEqualTo(2);
  }

  @Test
  void what_the_proxy_objects_to_is_logged_as_an_error() {
    try (var log = new LogCapture("io.holdfast.sdk.Function");
        var function = Function.of(CartEntity.described()).port(0).start();
        var proxy = new ProxyConnection(function)) {
      proxy
          .discovery()
          .reportError(UserFunctionError.newBuilder().setMessage("no such service").build());
      assertThat(log.lines())
          .anySatisfy(
              line -> {
                assertThat(line.getLevel().toString()).isEqualTo("ERROR");
                assertThat(line.getFormattedMessage()).contains("no such service");
              });
    }
  }

  private static EntitySpec spec() {
    var cart = CartEntity.described().passivateAfter(Duration.ofSeconds(90));
    try (var function = Function.of(cart).name("carts").version("1.2.3").port(0).start();
        var proxy = new ProxyConnection(function)) {
      return proxy.discovery().discover(PROXY);
    }
  }
}
