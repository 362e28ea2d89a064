// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import com.google.protobuf.Descriptors.FileDescriptor;
import io.holdfast.protocol.ServiceInfo;
import java.util.List;

/**
 * What one connected function serves, checked.
 *
 * @param info who the function is
 * @param files every file of its descriptor set, for reflection
 * @param services what clients may call, in the function's order
 */
public record FunctionSpec(
    ServiceInfo info, List<FileDescriptor> files, List<EntityService> services) {

  public FunctionSpec {
    files = List.copyOf(files);
    services = List.copyOf(services);
  }
}
