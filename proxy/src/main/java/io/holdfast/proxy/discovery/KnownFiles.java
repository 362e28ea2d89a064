// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import com.google.api.AnnotationsProto;
import com.google.api.ClientProto;
import com.google.api.FieldBehaviorProto;
import com.google.api.HttpBodyProto;
import com.google.api.ResourceProto;
import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.SourceContextProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.WrappersProto;
import com.google.rpc.CodeProto;
import com.google.rpc.ErrorDetailsProto;
import com.google.rpc.StatusProto;
import io.holdfast.protocol.EntityKeyProto;
import io.holdfast.protocol.EntityProto;
import io.holdfast.protocol.EventingProto;
import io.holdfast.protocol.LegacyEntityKeyProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files that every function may import without bringing them along, and the options that the
 * proxy understands. Some languages' descriptor sets leave such files out.
 */
final class KnownFiles {

  private static final Map<String, FileDescriptor> BY_NAME = new HashMap<>();
  private static final ExtensionRegistry OPTIONS = ExtensionRegistry.newInstance();

  static {
    List.of(
            DescriptorProtos.getDescriptor(),
            AnyProto.getDescriptor(),
            ApiProto.getDescriptor(),
            DurationProto.getDescriptor(),
            EmptyProto.getDescriptor(),
            FieldMaskProto.getDescriptor(),
            SourceContextProto.getDescriptor(),
            StructProto.getDescriptor(),
            TimestampProto.getDescriptor(),
            TypeProto.getDescriptor(),
            WrappersProto.getDescriptor(),
            AnnotationsProto.getDescriptor(),
            ClientProto.getDescriptor(),
            FieldBehaviorProto.getDescriptor(),
            HttpBodyProto.getDescriptor(),
            ResourceProto.getDescriptor(),
            CodeProto.getDescriptor(),
            StatusProto.getDescriptor(),
            ErrorDetailsProto.getDescriptor(),
            EntityProto.getDescriptor(),
            EntityKeyProto.getDescriptor(),
            LegacyEntityKeyProto.getDescriptor(),
            EventingProto.getDescriptor())
        .forEach(KnownFiles::add);
    AnnotationsProto.registerAllExtensions(OPTIONS);
    EntityKeyProto.registerAllExtensions(OPTIONS);
    LegacyEntityKeyProto.registerAllExtensions(OPTIONS);
    EventingProto.registerAllExtensions(OPTIONS);
  }

  private KnownFiles() {}

  private static void add(FileDescriptor file) {
    if (BY_NAME.putIfAbsent(file.getName(), file) == null) {
      file.getDependencies().forEach(KnownFiles::add);
    }
  }

  static Optional<FileDescriptor> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /**
   * Options are found by number, so that it does not matter what a function's copy of their file is
   * called, or whether it came along at all.
   */
  static ExtensionRegistry options() {
    return OPTIONS;
  }
}
