// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of a function's descriptor set, linked to each other.
 *
 * @param files every file that could be linked, imports first
 * @param broken full names of services in files that could not; what is wrong with those is a
 *     problem of its own
 */
record DescriptorFiles(List<FileDescriptor> files, List<String> broken) {

  DescriptorFiles {
    files = List.copyOf(files);
    broken = List.copyOf(broken);
  }

  /** Links what can be linked, and adds to {@code problems} what is wrong with the rest. */
  static DescriptorFiles read(ByteString bytes, List<String> problems) {
    FileDescriptorSet set;
    try {
      set = FileDescriptorSet.parseFrom(bytes, KnownFiles.options());
    } catch (InvalidProtocolBufferException e) {
      problems.add(
          "The announced descriptors are no google.protobuf.FileDescriptorSet ("
              + e.getMessage()
              + "): make them with protoc --include_imports --descriptor_set_out.");
      return new DescriptorFiles(List.of(), List.of());
    }
    if (set.getFileCount() == 0) {
      problems.add(
          "The function announces no descriptors: put the FileDescriptorSet of its .proto files,"
              + " imports included, into EntitySpec.proto.");
    }
    var protos = byName(set, problems);
    var linker = new FileLinker(protos, problems);
    var broken = new ArrayList<String>();
    for (FileDescriptorProto proto : protos.values()) {
      if (linker.link(proto.getName()).isEmpty()) {
        proto.getServiceList().forEach(service -> broken.add(fullName(proto, service)));
      }
    }
    return new DescriptorFiles(linker.linked(), broken);
  }

  /** The services of this full name; more than one when files repeat each other. */
  List<ServiceDescriptor> services(String fullName) {
    return services().stream().filter(service -> service.getFullName().equals(fullName)).toList();
  }

  List<ServiceDescriptor> services() {
    return files.stream().flatMap(file -> file.getServices().stream()).toList();
  }

  private static Map<String, FileDescriptorProto> byName(
      FileDescriptorSet set, List<String> problems) {
    var protos = new LinkedHashMap<String, FileDescriptorProto>();
    for (FileDescriptorProto proto : set.getFileList()) {
      var other = protos.putIfAbsent(proto.getName(), proto);
      if (other != null && !other.equals(proto)) {
        problems.add(
            "The descriptors hold two different files named "
                + proto.getName()
                + ": rename one of them.");
      }
    }
    return protos;
  }

  private static String fullName(FileDescriptorProto file, ServiceDescriptorProto service) {
    return file.getPackage().isEmpty()
        ? service.getName()
        : file.getPackage() + '.' + service.getName();
  }
}
