// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import io.holdfast.protocol.ProxyInfo;
import java.util.List;

/** What the proxy tells a function about itself when it asks what the function serves. */
public final class Announcement {

  /**
   * The protocol's kinds of entity. All of them are announced whatever this release serves: a
   * function may compare the list, and learns from the refusal of its specification what is not
   * served yet.
   */
  static final List<String> ENTITY_TYPES =
      List.of(
          "cloudstate.eventsourced.EventSourced",
          "cloudstate.valueentity.ValueEntity",
          "cloudstate.crdt.Crdt",
          "cloudstate.action.ActionProtocol");

  private Announcement() {}

  public static ProxyInfo proxyInfo() {
    return ProxyInfo.newBuilder()
        .setProtocolMajorVersion(ProtocolVersion.OURS.major())
        .setProtocolMinorVersion(ProtocolVersion.OURS.minor())
        .setProxyName("holdfast")
        .setProxyVersion(proxyVersion())
        .addAllSupportedEntityTypes(ENTITY_TYPES)
        .build();
  }

  /** The packaged proxy's version; {@code unpackaged} when it runs from class files. */
  public static String proxyVersion() {
    var version = Announcement.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
