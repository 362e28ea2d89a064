// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusOr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Clients that know several nodes and take them in turn, as behind a headless service. */
public final class ManyAddresses extends NameResolverProvider {

  private static final String SCHEME = "ports";

  static {
    NameResolverRegistry.getDefaultRegistry().register(new ManyAddresses());
  }

  private ManyAddresses() {}

  /** A client of the nodes on these ports of this machine. */
  public static ManagedChannel client(int... ports) {
    String list = IntStream.of(ports).mapToObj(Integer::toString).collect(Collectors.joining(","));
    return Grpc.newChannelBuilder(SCHEME + ":///" + list, InsecureChannelCredentials.create())
        .defaultLoadBalancingPolicy("round_robin")
        .build();
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  @Override
  protected int priority() {
    return 1;
  }

  @Override
  public String getDefaultScheme() {
    return SCHEME;
  }

  @Override
  public NameResolver newNameResolver(URI target, NameResolver.Args args) {
    List<EquivalentAddressGroup> addresses =
        Arrays.stream(target.getPath().substring(1).split(","))
            .map(
                port ->
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)))
            .map(EquivalentAddressGroup::new)
            .toList();
    return new NameResolver() {
      @Override
      public String getServiceAuthority() {
        return "nodes";
      }

      @Override
      public void start(Listener2 listener) {
        listener.onResult(
            ResolutionResult.newBuilder()
                .setAddressesOrError(StatusOr.fromValue(addresses))
                .setAttributes(Attributes.EMPTY)
                .build());
      }

      @Override
      public void shutdown() {}
    };
  }
}
