// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.database;

import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeStateListenerBase;
import com.datastax.oss.driver.api.core.session.Session;
import io.holdfast.persistence.server.AddressText;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells in the log of single servers that go away and come back. While enough others answer,
 * nothing else would.
 */
final class ServerNews extends NodeStateListenerBase {

  private static final Logger log = LoggerFactory.getLogger(ServerNews.class);

  private final Set<Node> away = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Session session;

  @Override
  public void onSessionReady(Session opened) {
    session = opened;
  }

  @Override
  public void onDown(Node node) {
    Session open = session;
    if (open != null && open.getMetadata().getNodes().size() > 1 && away.add(node)) {
      log.warn("The Cassandra server at {} is away; requests go to others", address(node));
    }
  }

  @Override
  public void onUp(Node node) {
    if (away.remove(node)) {
      log.info("The Cassandra server at {} is back", address(node));
    }
  }

  private static String address(Node node) {
    return node.getEndPoint().resolve() instanceof InetSocketAddress address
        ? AddressText.of(address.getHostString(), address.getPort())
        : node.getEndPoint().toString();
  }
}
