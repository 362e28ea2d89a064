// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside;

import io.grpc.MethodDescriptor;
import io.holdfast.conformance.model.ActionModelGrpc;
import io.holdfast.conformance.model.KeysGrpc;
import io.holdfast.conformance.model.StatelessModelGrpc;
import io.holdfast.conformance.model.StreamedActionModelGrpc;
import io.holdfast.conformance.model.UrlsGrpc;
import io.holdfast.conformance.wire.CrdtKind;
import io.holdfast.conformance.wire.EventSourcedKind;
import io.holdfast.conformance.wire.Kind;
import io.holdfast.conformance.wire.Models;
import io.holdfast.conformance.wire.ValueKind;
import io.holdfast.protocol.Entity;
import io.holdfast.protocol.EntityPassivationStrategy;
import io.holdfast.protocol.EntitySpec;
import io.holdfast.protocol.ServiceInfo;
import io.holdfast.protocol.TimeoutPassivationStrategy;
import java.time.Duration;
import java.util.List;

/** What scripted functions say they serve. */
public final class Announcements {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final String ACTION = "cloudstate.action.ActionProtocol";
  private static final String STATELESS = "cloudstate.function.StatelessFunction";

  private Announcements() {}

  /** All services of the model. */
  public static EntitySpec model() {
    var spec =
        EntitySpec.newBuilder()
            .setProto(Models.descriptors().toByteString())
            .setServiceInfo(serviceInfo(0, 2));
    for (Kind<?, ?> kind :
        List.of(EventSourcedKind.EVENT_SOURCED, ValueKind.VALUE, CrdtKind.CRDT)) {
      spec.addEntities(entity(kind.entityType(), Models.service(kind.process()), LONG));
      spec.addEntities(entity(kind.entityType(), Models.service(kind.second()), SHORT));
    }
    spec.addEntities(
        entity(EventSourcedKind.EVENT_SOURCED.entityType(), KeysGrpc.SERVICE_NAME, LONG));
    spec.addEntities(action(ActionModelGrpc.SERVICE_NAME));
    spec.addEntities(action(StreamedActionModelGrpc.SERVICE_NAME));
    spec.addEntities(action(UrlsGrpc.SERVICE_NAME));
    spec.addEntities(stateless(StatelessModelGrpc.SERVICE_NAME));
    return spec.build();
  }

  /** The model, of a function that speaks that version. */
  public static EntitySpec version(int major, int minor) {
    return model().toBuilder().setServiceInfo(serviceInfo(major, minor)).build();
  }

  /** What older libraries may announce, which know no versions. */
  public static EntitySpec unversioned() {
    var kind = EventSourcedKind.EVENT_SOURCED;
    return only(
            entity(kind.entityType(), Models.service(kind.process()), LONG),
            stateless(ActionModelGrpc.SERVICE_NAME))
        .toBuilder()
        .setServiceInfo(serviceInfo(0, 0))
        .build();
  }

  /** The service of that method alone, event-sourced and stored under that. */
  public static EntitySpec stored(MethodDescriptor<?, ?> method, String persistenceId) {
    var type = EventSourcedKind.EVENT_SOURCED.entityType();
    return only(
        entity(type, Models.service(method), LONG).toBuilder()
            .setPersistenceId(persistenceId)
            .build());
  }

  /** These alone. */
  public static EntitySpec only(Entity... entities) {
    return model().toBuilder().clearEntities().addAllEntities(List.of(entities)).build();
  }

  public static ServiceInfo.Builder serviceInfo(int major, int minor) {
    return ServiceInfo.newBuilder()
        .setServiceName("transcripts")
        .setServiceVersion("1")
        .setServiceRuntime("none")
        .setSupportLibraryName("conformance")
        .setProtocolMajorVersion(major)
        .setProtocolMinorVersion(minor);
  }

  public static Entity entity(String type, String service, Duration passivateAfter) {
    return Entity.newBuilder()
        .setEntityType(type)
        .setServiceName(service)
        .setPersistenceId("stored-" + service)
        .setPassivationStrategy(
            EntityPassivationStrategy.newBuilder()
                .setTimeout(
                    TimeoutPassivationStrategy.newBuilder().setTimeout(passivateAfter.toMillis())))
        .build();
  }

  public static Entity action(String service) {
    return Entity.newBuilder().setEntityType(ACTION).setServiceName(service).build();
  }

  private static Entity stateless(String service) {
    return Entity.newBuilder().setEntityType(STATELESS).setServiceName(service).build();
  }
}
