// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.reflection;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files that reflection shows, by all that one may ask for. Immutable.
 *
 * @param services the full names that are listed as services, in that order
 */
record ShownFiles(
    List<String> services,
    Map<String, FileDescriptor> byName,
    Map<String, FileDescriptor> bySymbol,
    Map<String, NavigableMap<Integer, FileDescriptor>> extensions) {

  /** Shows these files, and whatever they import. */
  static ShownFiles of(Collection<String> services, Collection<FileDescriptor> files) {
    var shown = new Collector();
    files.forEach(shown::add);
    return new ShownFiles(List.copyOf(services), shown.byName, shown.bySymbol, shown.extensions);
  }

  Optional<List<ByteString>> file(String name) {
    return Optional.ofNullable(byName.get(name)).map(ShownFiles::withImports);
  }

  /** The file of a service, method, message, field, enum, enum value, oneof or extension. */
  Optional<List<ByteString>> fileOf(String symbol) {
    return Optional.ofNullable(bySymbol.get(symbol)).map(ShownFiles::withImports);
  }

  Optional<List<ByteString>> fileOfExtension(String message, int number) {
    return Optional.ofNullable(extensions.get(message))
        .map(numbers -> numbers.get(number))
        .map(ShownFiles::withImports);
  }

  /** The numbers of a message's extensions, sorted; empty when there is no such message. */
  Optional<List<Integer>> extensionNumbers(String message) {
    if (extensions.containsKey(message)) {
      return Optional.of(List.copyOf(extensions.get(message).keySet()));
    }
    return bySymbol.containsKey(message) ? Optional.of(List.of()) : Optional.empty();
  }

  private static List<ByteString> withImports(FileDescriptor file) {
    var files = new LinkedHashSet<FileDescriptor>();
    collect(file, files);
    return files.stream().map(each -> each.toProto().toByteString()).toList();
  }

  // The file itself comes first, then what it imports.
  private static void collect(FileDescriptor file, Set<FileDescriptor> files) {
    if (files.add(file)) {
      file.getDependencies().forEach(dependency -> collect(dependency, files));
    }
  }

  private static final class Collector {
    private final Map<String, FileDescriptor> byName = new HashMap<>();
    private final Map<String, FileDescriptor> bySymbol = new HashMap<>();
    private final Map<String, NavigableMap<Integer, FileDescriptor>> extensions = new HashMap<>();

    void add(FileDescriptor file) {
      if (byName.putIfAbsent(file.getName(), file) != null) {
        return;
      }
      for (ServiceDescriptor service : file.getServices()) {
        bySymbol.put(service.getFullName(), file);
        service.getMethods().forEach(method -> bySymbol.put(method.getFullName(), file));
      }
      file.getMessageTypes().forEach(message -> addMessage(message, file));
      file.getEnumTypes().forEach(type -> addEnum(type, file));
      file.getExtensions().forEach(extension -> addExtension(extension, file));
      file.getDependencies().forEach(this::add);
    }

    private void addMessage(Descriptor message, FileDescriptor file) {
      bySymbol.put(message.getFullName(), file);
      message.getFields().forEach(field -> bySymbol.put(field.getFullName(), file));
      message
          .getOneofs()
          .forEach(oneof -> bySymbol.put(message.getFullName() + '.' + oneof.getName(), file));
      message.getNestedTypes().forEach(nested -> addMessage(nested, file));
      message.getEnumTypes().forEach(type -> addEnum(type, file));
      message.getExtensions().forEach(extension -> addExtension(extension, file));
    }

    private void addEnum(EnumDescriptor type, FileDescriptor file) {
      bySymbol.put(type.getFullName(), file);
      type.getValues().forEach(value -> bySymbol.put(value.getFullName(), file));
    }

    private void addExtension(FieldDescriptor extension, FileDescriptor file) {
      bySymbol.put(extension.getFullName(), file);
      extensions
          .computeIfAbsent(extension.getContainingType().getFullName(), message -> new TreeMap<>())
          .put(extension.getNumber(), file);
    }
  }
}
