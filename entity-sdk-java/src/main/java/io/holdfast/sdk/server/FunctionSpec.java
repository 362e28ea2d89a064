// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.holdfast.protocol.Entity;
import io.holdfast.protocol.EntityPassivationStrategy;
import io.holdfast.protocol.EntitySpec;
import io.holdfast.protocol.ServiceInfo;
import io.holdfast.protocol.TimeoutPassivationStrategy;
import io.holdfast.sdk.FunctionSettings;
import io.holdfast.sdk.definition.EventSourcedDefinition;
import io.holdfast.sdk.definition.ServiceDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Objects;
import java.util.Properties;

/** What a function says of itself when a proxy discovers it. */
final class FunctionSpec {

  private static final int PROTOCOL_MAJOR = 0;
  private static final int PROTOCOL_MINOR = 2;

  private FunctionSpec() {}

  static EntitySpec of(
      FunctionSettings settings, Collection<? extends ServiceDefinition> definitions) {
    var files =
        definitions.stream()
            .map(ServiceDefinition::service)
            .map(ServiceDescriptor::getFile)
            .toList();
    return EntitySpec.newBuilder()
        .setProto(DescriptorSets.withImports(files).toByteString())
        .addAllEntities(definitions.stream().map(FunctionSpec::entity).toList())
        .setServiceInfo(info(settings))
        .build();
  }

  private static Entity entity(ServiceDefinition definition) {
    var entity =
        Entity.newBuilder()
            .setEntityType(definition.entityType())
            .setServiceName(definition.serviceName())
            .setPersistenceId(definition.persistenceId())
            .setWithoutSnapshots(
                definition instanceof EventSourcedDefinition<?, ?, ?> eventSourced
                    && eventSourced.withoutSnapshots());
    definition
        .passivateAfter()
        .ifPresent(
            idle ->
                entity.setPassivationStrategy(
                    EntityPassivationStrategy.newBuilder()
                        .setTimeout(
                            TimeoutPassivationStrategy.newBuilder().setTimeout(idle.toMillis()))));
    return entity.build();
  }

  private static ServiceInfo info(FunctionSettings settings) {
    var library = library();
    return ServiceInfo.newBuilder()
        .setServiceName(settings.name())
        .setServiceVersion(settings.version())
        .setServiceRuntime(
            System.getProperty("java.vm.name") + " " + System.getProperty("java.version"))
        .setSupportLibraryName(library.getProperty("name"))
        .setSupportLibraryVersion(library.getProperty("version"))
        .setProtocolMajorVersion(PROTOCOL_MAJOR)
        .setProtocolMinorVersion(PROTOCOL_MINOR)
        .setMessageBytesMax(settings.messageBytesMax())
        .build();
  }

  /** Written by the build. */
  private static Properties library() {
    var library = new Properties();
    try (var file = FunctionSpec.class.getResourceAsStream("library.properties")) {
      library.load(Objects.requireNonNull(file, "library.properties"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return library;
  }
}
