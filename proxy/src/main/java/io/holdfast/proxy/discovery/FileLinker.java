// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Links files to their imports: those of the set first, then the {@link KnownFiles}. An import that
 * neither holds is a problem only when something of it is used; options alone do not need it.
 */
final class FileLinker {

  private final Map<String, FileDescriptorProto> protos;
  private final List<String> problems;
  // Empty: could not be linked.
  private final Map<String, Optional<FileDescriptor>> links = new HashMap<>();
  private final Set<String> linking = new HashSet<>();
  private final Map<String, FileDescriptor> linked = new LinkedHashMap<>();

  FileLinker(Map<String, FileDescriptorProto> protos, List<String> problems) {
    this.protos = protos;
    this.problems = problems;
  }

  /** Links a file of the set once; empty when it, or a file that it imports, is broken. */
  Optional<FileDescriptor> link(String name) {
    var known = links.get(name);
    if (known != null) {
      return known;
    }
    linking.add(name);
    var proto = protos.get(name);
    var file = proto == null ? KnownFiles.find(name) : build(proto);
    file.ifPresent(this::addWithImports);
    linking.remove(name);
    links.put(name, file);
    return file;
  }

  private void addWithImports(FileDescriptor file) {
    if (!linked.containsKey(file.getName())) {
      file.getDependencies().forEach(this::addWithImports);
      linked.put(file.getName(), file);
    }
  }

  /** Everything linked so far with all that it imports, imports first. */
  List<FileDescriptor> linked() {
    return List.copyOf(linked.values());
  }

  private Optional<FileDescriptor> build(FileDescriptorProto proto) {
    if (proto.getSyntax().equals("editions")) {
      problems.add(
          "File "
              + proto.getName()
              + " is written in an edition of protobuf, which this release does not read: write it"
              + " in syntax proto3.");
      return Optional.empty();
    }
    var imports = new ArrayList<FileDescriptor>();
    var missing = new ArrayList<String>();
    for (String name : proto.getDependencyList()) {
      if (linking.contains(name)) {
        problems.add(
            "Files " + proto.getName() + " and " + name + " import each other: untie them.");
        return Optional.empty();
      }
      var file = link(name);
      if (file.isPresent()) {
        imports.add(file.get());
      } else if (protos.containsKey(name)) {
        // What is wrong with the import has been reported.
        return Optional.empty();
      } else {
        missing.add(name);
        imports.add(emptyFile(name));
      }
    }
    return build(proto, imports, missing);
  }

  private Optional<FileDescriptor> build(
      FileDescriptorProto proto, List<FileDescriptor> imports, List<String> missing) {
    try {
      return Optional.of(
          FileDescriptor.buildFrom(proto, imports.toArray(FileDescriptor[]::new), false));
    } catch (DescriptorValidationException | RuntimeException e) {
      // The library checks most of what can be wrong with a descriptor, but not all of it.
      if (missing.isEmpty()) {
        problems.add("File " + proto.getName() + " is no valid proto file: " + e.getMessage());
      }
      for (String name : missing) {
        problems.add(
            "File "
                + proto.getName()
                + " imports "
                + name
                + ", which the descriptors lack: make them with protoc --include_imports.");
      }
      return Optional.empty();
    }
  }

  private static FileDescriptor emptyFile(String name) {
    try {
      return FileDescriptor.buildFrom(
          FileDescriptorProto.newBuilder().setName(name).build(), new FileDescriptor[0]);
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException("an empty file is valid", e);
    }
  }
}
