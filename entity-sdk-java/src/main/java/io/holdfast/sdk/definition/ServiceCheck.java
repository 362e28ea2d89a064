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

/** Whether a gRPC service can be that of an entity or action with those handlers. */
public final class ServiceCheck {

  private ServiceCheck() {}

  /**
   * What a kind of entity or action serves.
   *
   * @param name "a value entity" say
   * @param keyed whether each request must say which entity it is for
   * @param streamsIn whether clients may stream to it
   * @param streamsOut whether it may stream to clients
   */
  public record Kind(String name, boolean keyed, boolean streamsIn, boolean streamsOut) {

    private boolean serves(MethodDescriptor method) {
      return (streamsIn || !method.isClientStreaming())
          && (streamsOut || !method.isServerStreaming());
    }

    private String shapes() {
      return streamsOut ? "unary rpcs and such as stream their replies" : "unary rpcs";
    }
  }

  /** The service's protobuf descriptor, which holds the options that grpc-java leaves out. */
  public static Optional<ServiceDescriptor> descriptor(io.grpc.ServiceDescriptor service) {
    if (service.getSchemaDescriptor() instanceof ProtoFileDescriptorSupplier schema) {
      return schema.getFileDescriptor().getServices().stream()
          .filter(candidate -> candidate.getFullName().equals(service.getName()))
          .findFirst();
    }
    return Optional.empty();
  }

  private static String registration(boolean streamsIn, boolean streamsOut) {
    if (streamsIn) {
      return streamsOut ? "onStreamed" : "onStreamedIn";
    }
    return streamsOut ? "onStreamedOut" : "on";
  }

  /** Says which method takes a handler for that rpc, when another was used. */
  public static String misshapen(io.grpc.MethodDescriptor<?, ?> rpc) {
    var shape = rpc.getType();
    return "rpc %s has a handler of another shape: use .%s(…)"
        .formatted(
            rpc.getBareMethodName(),
            registration(!shape.clientSendsOneMessage(), !shape.serverSendsOneMessage()));
  }

  /** Every reason why not, as one sentence each. */
  public static List<String> problems(ServiceDescriptor service, Set<String> handled, Kind kind) {
    var problems = new ArrayList<String>();
    for (MethodDescriptor method : service.getMethods()) {
      if (!kind.serves(method)) {
        problems.add(
            "rpc %s streams: %s serves %s only"
                .formatted(method.getName(), kind.name(), kind.shapes()));
      } else if (!handled.contains(method.getName())) {
        problems.add(
            "rpc %s has no handler: add .%s(%sGrpc.get%sMethod(), …)"
                .formatted(
                    method.getName(),
                    registration(method.isClientStreaming(), method.isServerStreaming()),
                    service.getName(),
                    method.getName()));
      }
      if (kind.keyed() && !hasKey(method)) {
        problems.add(
            "rpc %s does not say which entity it is for: mark a field of %s with [(cloudstate.entity_key) = true]"
                .formatted(method.getName(), method.getInputType().getName()));
      }
    }
    return problems;
  }

  private static boolean hasKey(MethodDescriptor method) {
    return method.getInputType().getFields().stream()
        .anyMatch(
            field ->
                field.getOptions().getExtension(EntityKeyProto.entityKey)
                    || field.getOptions().getExtension(LegacyEntityKeyProto.legacyEntityKey));
  }
}
