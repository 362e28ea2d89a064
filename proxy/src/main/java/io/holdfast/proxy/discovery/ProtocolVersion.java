// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import io.holdfast.protocol.ServiceInfo;

/** A version of the wire protocol. */
public record ProtocolVersion(int major, int minor) {

  /** The version that this proxy speaks. */
  public static final ProtocolVersion OURS = new ProtocolVersion(0, 2);

  /** What libraries announce that are older than the announcement of versions. */
  static final ProtocolVersion UNANNOUNCED = new ProtocolVersion(0, 0);

  static ProtocolVersion of(ServiceInfo info) {
    return new ProtocolVersion(info.getProtocolMajorVersion(), info.getProtocolMinorVersion());
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
