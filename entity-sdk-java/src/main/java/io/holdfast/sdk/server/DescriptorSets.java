// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gathers .proto files for the wire. */
final class DescriptorSets {

  private DescriptorSets() {}

  /** The files and all that they import, each once and after its imports. */
  static FileDescriptorSet withImports(Collection<FileDescriptor> files) {
    var found = new LinkedHashMap<String, FileDescriptor>();
    files.forEach(file -> collect(file, found));
    var set = FileDescriptorSet.newBuilder();
    found.values().forEach(file -> set.addFile(file.toProto()));
    return set.build();
  }

  private static void collect(FileDescriptor file, Map<String, FileDescriptor> found) {
    if (!found.containsKey(file.getName())) {
      file.getDependencies().forEach(imported -> collect(imported, found));
      found.put(file.getName(), file);
    }
  }
}
