// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.example;

import com.google.api.AnnotationsProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServiceResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Asks a server by reflection what it serves. */
public final class ServedServices {

  private static final ExtensionRegistry EXTENSIONS = extensions();

  private final Map<String, FileDescriptorProto> files = new TreeMap<>();
  private final Map<String, FileDescriptor> linked = new HashMap<>();
  private final Reflection reflection;

  private ServedServices(Reflection reflection) {
    this.reflection = reflection;
  }

  /**
   * The services of the server on that port of this machine, without gRPC's own, sorted by name.
   * Empty when the server does not answer as reflection has it.
   */
  public static List<ServiceDescriptor> on(int port) {
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress("127.0.0.1", port, InsecureChannelCredentials.create())
            .build();
    try {
      return on(channel);
    } finally {
      channel.shutdownNow();
      try {
        channel.awaitTermination(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static List<ServiceDescriptor> on(Channel channel) {
    try (var reflection = new Reflection(channel)) {
      return new ServedServices(reflection).read();
    } catch (StatusRuntimeException
        | DescriptorValidationException
        | InvalidProtocolBufferException e) {
      return List.of();
    }
  }

  private List<ServiceDescriptor> read()
      throws DescriptorValidationException, InvalidProtocolBufferException {
    List<ServiceDescriptor> services = new ArrayList<>();
    for (String name : names()) {
      String fileName = fetch(ServerReflectionRequest.newBuilder().setFileContainingSymbol(name));
      ServiceDescriptor service =
          link(fileName).findServiceByName(name.substring(name.lastIndexOf('.') + 1));
      if (service != null) {
        services.add(service);
      }
    }
    return services;
  }

  private List<String> names() {
    return reflection
        .ask(ServerReflectionRequest.newBuilder().setListServices(""))
        .getListServicesResponse()
        .getServiceList()
        .stream()
        .map(ServiceResponse::getName)
        .filter(name -> !name.startsWith("grpc."))
        .sorted()
        .toList();
  }

  /** Takes in the files of an answer, and names the first: the one that was asked for. */
  private String fetch(ServerReflectionRequest.Builder request)
      throws InvalidProtocolBufferException {
    String first = "";
    for (ByteString bytes :
        reflection.ask(request).getFileDescriptorResponse().getFileDescriptorProtoList()) {
      var file = FileDescriptorProto.parseFrom(bytes, EXTENSIONS);
      files.put(file.getName(), file);
      first = first.isEmpty() ? file.getName() : first;
    }
    return first;
  }

  private FileDescriptor link(String fileName)
      throws DescriptorValidationException, InvalidProtocolBufferException {
    FileDescriptor known = linked.get(fileName);
    if (known != null) {
      return known;
    }
    if (!files.containsKey(fileName)) {
      fetch(ServerReflectionRequest.newBuilder().setFileByFilename(fileName));
    }
    FileDescriptorProto file =
        files.getOrDefault(fileName, FileDescriptorProto.getDefaultInstance());
    List<FileDescriptor> imports = new ArrayList<>();
    for (String imported : file.getDependencyList()) {
      imports.add(link(imported));
    }
    FileDescriptor descriptor =
        FileDescriptor.buildFrom(file, imports.toArray(FileDescriptor[]::new), true);
    linked.put(fileName, descriptor);
    return descriptor;
  }

  private static ExtensionRegistry extensions() {
    var registry = ExtensionRegistry.newInstance();
    AnnotationsProto.registerAllExtensions(registry);
    return registry;
  }
}
