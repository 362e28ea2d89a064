// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import io.holdfast.conformance.functionside.Announcements;
import io.holdfast.conformance.functionside.EntityScript;
import io.holdfast.conformance.functionside.ProxySubject;
import io.holdfast.conformance.functionside.ScriptedFunction;
import io.holdfast.conformance.functionside.Stage;
import io.holdfast.conformance.model.ActionModelGrpc;
import io.holdfast.conformance.wire.EventSourcedKind;
import io.holdfast.conformance.wire.RawBytes;
import io.holdfast.protocol.EntitySpec;
import io.holdfast.protocol.ProxyInfo;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How a proxy finds out what a function serves. Each test starts a proxy of its own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class DiscoverySuite {

  protected abstract ProxySubject subject();

  private void with(EntitySpec announced, Consumer<ScriptedFunction> test) {
    try (var function = ScriptedFunction.up(announced);
        var proxy = subject().start(function.port(), Stage.PATIENT)) {
      test.accept(function);
    }
  }

  private void accepted(EntitySpec announced) {
    try (var function = ScriptedFunction.up(announced);
        var proxy = subject().start(function.port(), Stage.PATIENT)) {
      proxy.awaitReady();
      assertThat(function.reports().rest()).isEmpty();
    }
  }

  private void refused(EntitySpec announced, String... named) {
    with(
        announced,
        function -> {
          String report = function.reports().next();
          assertThat(report).isNotBlank();
          for (String name : named) {
            assertThat(report).contains(name);
          }
        });
  }

  @Test
  void a_proxy_announces_version_0_2_and_exactly_the_four_kinds() {
    with(
        Announcements.model(),
        function -> {
          ProxyInfo proxy = function.discoveries().next();
          assertThat(proxy.getProtocolMajorVersion()).isZero();
          assertThat(proxy.getProtocolMinorVersion()).isEqualTo(2);
          assertThat(proxy.getProxyName()).isNotBlank();
          assertThat(proxy.getProxyVersion()).isNotBlank();
          assertThat(proxy.getSupportedEntityTypesList())
              .containsExactlyInAnyOrder(
                  "cloudstate.eventsourced.EventSourced",
                  "cloudstate.valueentity.ValueEntity",
                  "cloudstate.crdt.Crdt",
                  "cloudstate.action.ActionProtocol");
        });
  }

  @Test
  void discover_is_called_once_for_each_connection_and_nothing_else_is_unasked() {
    try (var stage = Stage.open(subject(), Stage.PATIENT)) {
      var function = stage.function();
      function.discoveries().next();
      entity(stage).begun();
      function.down();
      function.up();
      entity(stage).begunOnceReachable();
      function.discoveries().next();
      assertThat(function.discoveries().rest()).isEmpty();
      assertThat(function.reports().rest()).isEmpty();
      assertThat(function.strays().rest()).isEmpty();
    }
  }

  private static EntityScript<?, ?> entity(Stage stage) {
    var kind = EventSourcedKind.EVENT_SOURCED;
    return new EntityScript<>(stage, kind, kind.process());
  }

  @Test
  void a_function_of_version_0_2_is_accepted() {
    accepted(Announcements.version(0, 2));
  }

  @Test
  void a_function_that_announces_no_version_is_accepted_for_event_sourced_and_stateless_services() {
    accepted(Announcements.unversioned());
  }

  @Test
  void a_function_of_another_version_is_refused_with_both_versions_named() {
    refused(Announcements.version(0, 1), "0.1", "0.2");
    refused(Announcements.version(1, 0), "1.0", "0.2");
  }

  @Test
  void an_unsupported_entity_type_is_reported() {
    var spec = Announcements.model().toBuilder();
    spec.getEntitiesBuilder(0).setEntityType("cloudstate.unheard.Of");
    refused(spec.build(), "cloudstate.unheard.Of");
  }

  @Test
  void a_service_that_the_descriptors_lack_is_reported() {
    var spec = Announcements.model().toBuilder();
    spec.getEntitiesBuilder(0).setServiceName("holdfast.conformance.model.Missing");
    refused(spec.build(), "holdfast.conformance.model.Missing");
  }

  @Test
  void descriptors_that_cannot_be_read_are_reported() {
    refused(Announcements.model().toBuilder().setProto(RawBytes.GARBAGE).build());
  }

  @Test
  void a_method_without_a_key_is_refused_for_an_entity() {
    refused(
        Announcements.only(
            Announcements.entity(
                EventSourcedKind.EVENT_SOURCED.entityType(),
                "holdfast.conformance.model.Urls",
                Duration.ofMinutes(1))),
        "Read");
  }

  @Test
  void a_method_without_a_key_is_accepted_for_an_action() {
    accepted(Announcements.only(Announcements.action(ActionModelGrpc.SERVICE_NAME)));
  }

  @Test
  void keys_of_message_repeated_map_float_and_bytes_type_are_refused() {
    refused(KeyTypes.message(), "key");
    refused(KeyTypes.repeated(), "key");
    refused(KeyTypes.map(), "key");
    refused(KeyTypes.key(FieldDescriptorProto.Type.TYPE_FLOAT), "key");
    refused(KeyTypes.key(FieldDescriptorProto.Type.TYPE_DOUBLE), "key");
    refused(KeyTypes.key(FieldDescriptorProto.Type.TYPE_BYTES), "key");
    accepted(KeyTypes.key(FieldDescriptorProto.Type.TYPE_UINT64));
  }

  /** An entity that one service has stored is there for another that announces that id. */
  private void storedUnder(String persistenceId, String found) {
    var kind = EventSourcedKind.EVENT_SOURCED;
    var one = Announcements.stored(kind.process(), persistenceId);
    try (var stage = Stage.open(subject(), Stage.PATIENT, one)) {
      var entity = new EntityScript<>(stage, kind, kind.process());
      entity.begun();
      stage.function().down();
      stage.function().announce(Announcements.stored(kind.second(), found));
      stage.function().up();
      entity.renamed(kind.second()).begunOnceReachable();
    }
  }

  @Test
  void a_persistence_id_outlives_a_renaming_of_the_service() {
    storedUnder("kept", "kept");
  }

  @Test
  void an_empty_persistence_id_is_the_services_name() {
    storedUnder("", "holdfast.conformance.model.EventSourcedModel");
  }
}
