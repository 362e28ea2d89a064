// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.EmptyProto;

/** Links a test's file. */
final class Linked {

  private Linked() {}

  static FileDescriptor file(ProtoFile file) {
    try {
      return FileDescriptor.buildFrom(
          file.proto().build(), new FileDescriptor[] {EmptyProto.getDescriptor()});
    } catch (DescriptorValidationException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
