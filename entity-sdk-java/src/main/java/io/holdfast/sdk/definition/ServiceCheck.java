// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.definition;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.holdfast.protocol.EntityKeyProto;
import io.holdfast.protocol.LegacyEntityKeyProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a gRPC service can be that of an entity with those handlers. */
public final class ServiceCheck {

  private ServiceCheck() {}

  /** The service's protobuf descriptor, which holds the options that grpc-java leaves out. */
  public static Optional<ServiceDescriptor> descriptor(io.grpc.ServiceDescriptor service) {
    if (service.getSchemaDescriptor() instanceof ProtoFileDescriptorSupplier schema) {
      return schema.getFileDescriptor().getServices().stream()
          .filter(candidate -> candidate.getFullName().equals(service.getName()))
          .findFirst();
    }
    return Optional.empty();
  }

  /**
   * Every reason why not, as one sentence each.
   *
   * @param kind "a value entity" say
   */
  public static List<String> problems(ServiceDescriptor service, Set<String> handled, String kind) {
    var problems = new ArrayList<String>();
    for (MethodDescriptor method : service.getMethods()) {
      if (method.isClientStreaming() || method.isServerStreaming()) {
        problems.add("rpc %s streams: %s serves unary rpcs only".formatted(method.getName(), kind));
      } else if (!handled.contains(method.getName())) {
        problems.add(
            "rpc %s has no handler: add .on(%sGrpc.get%sMethod(), …)"
                .formatted(method.getName(), service.getName(), method.getName()));
      }
      if (method.getInputType().getFields().stream()
          .noneMatch(
              field ->
                  field.getOptions().getExtension(EntityKeyProto.entityKey)
                      || field.getOptions().getExtension(LegacyEntityKeyProto.legacyEntityKey))) {
        problems.add(
            "rpc %s does not say which entity it is for: mark a field of %s with [(cloudstate.entity_key) = true]"
                .formatted(method.getName(), method.getInputType().getName()));
      }
    }
    return problems;
  }
}
