// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.database;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.Node;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.server.AwayException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Connects once. */
public final class Connecting {

  private final CassandraSettings settings;

  public Connecting(CassandraSettings settings) {
    this.settings = settings;
  }

  /** Does something with the servers' answers, and says how what fails there is meant. */
  public interface Step<T> {
    T run(Cassandra cassandra);
  }

  /**
   * Connects, does the step, and closes again only if the step fails. Blocks.
   *
   * @param doubt is run by the connection when a later request fails as if the servers were away
   * @throws AwayException when the servers do not answer
   * @throws StoreException when the setup must be changed first
   */
  public <T> T connect(Step<T> step, Runnable doubt) throws AwayException {
    CqlSession session = null;
    try {
      session = session();
      checkDatacenter(session);
      return step.run(new Cassandra(session, settings, doubt));
    } catch (RuntimeException e) {
      if (session != null) {
        session.close();
      }
      if (CassandraFailure.isAway(e)) {
        throw new AwayException(CassandraFailure.sentence(e, settings), e);
      }
      throw CassandraFailure.of(e, settings);
    }
  }

  private CqlSession session() {
    var builder =
        CqlSession.builder()
            .withLocalDatacenter(settings.localDatacenter())
            .withNodeStateListener(new ServerNews())
            .withConfigLoader(DriverOptions.of(settings));
    settings.contactPoints().stream()
        .map(point -> new InetSocketAddress(point.getHostString(), point.getPort()))
        .forEach(builder::addContactPoint);
    if (!settings.user().isEmpty()) {
      builder.withAuthCredentials(settings.user(), settings.password());
    }
    return builder.build();
  }

  // The driver uses no server of another datacenter, and would only say that it found none.
  private void checkDatacenter(CqlSession session) {
    Set<String> datacenters =
        session.getMetadata().getNodes().values().stream()
            .map(Node::getDatacenter)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    if (!datacenters.isEmpty() && !datacenters.contains(settings.localDatacenter())) {
      throw new StoreException(
          settings.store()
              + " has no datacenter '"
              + settings.localDatacenter()
              + "'; set HOLDFAST_CASSANDRA_LOCAL_DATACENTER to one of "
              + datacenters.stream().sorted().toList()
              + ".",
          null);
    }
  }
}
