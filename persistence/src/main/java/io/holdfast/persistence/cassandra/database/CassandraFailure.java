// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.database;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.connection.ConnectionInitException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import io.holdfast.persistence.StoreException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What a failure of the driver means for us. */
public final class CassandraFailure {

  /** What the driver puts before what happened on a connection. */
  private static final Pattern CONNECTION = Pattern.compile("^\\[[^]]*] ");

  private CassandraFailure() {}

  /** Whether it may pass by itself: nobody needs to change anything but the servers' state. */
  public static boolean isAway(Throwable thrown) {
    Throwable e = root(thrown);
    return e instanceof DriverException
        && !(e instanceof QueryValidationException)
        && !causedBy(e, AuthenticationException.class)
        && !causedBy(e, SSLException.class);
  }

  /** As an operator should hear it. What is said already is left as it is. */
  public static StoreException of(Throwable thrown, CassandraSettings settings) {
    if (unwrapped(thrown) instanceof StoreException said) {
      return said;
    }
    String sentence = sentence(thrown, settings);
    return isAway(thrown)
        ? StoreException.outage(sentence, thrown)
        : new StoreException(sentence, thrown);
  }

  static String sentence(Throwable thrown, CassandraSettings settings) {
    Throwable e = root(thrown);
    String store = settings.store();
    if (e instanceof QueryValidationException) {
      return store
          + " refuses a statement ("
          + firstLine(e)
          + "); compare its schema and its user's permissions with what this release needs.";
    }
    if (causedBy(e, AuthenticationException.class)) {
      return store
          + " refuses the proxy's user; set HOLDFAST_CASSANDRA_USER and"
          + " HOLDFAST_CASSANDRA_PASSWORD.";
    }
    if (causedBy(e, SSLException.class) || !(e instanceof DriverException)) {
      return store
          + " cannot be used as it is set up ("
          + reason(e)
          + "); compare holdfast.persistence.cassandra.tls with what its servers offer.";
    }
    return store
        + " cannot be reached or did not answer in time ("
        + reason(e)
        + "); check that its servers are up and reachable"
        + (isHungUpOn(e) && !settings.tls().enabled()
            ? ", and set HOLDFAST_CASSANDRA_TLS if they take nobody without TLS."
            : ".");
  }

  /** Whether a server took the connection, and closed it when it was spoken to. */
  private static boolean isHungUpOn(Throwable e) {
    // A closed channel is what the driver finds when nobody took the connection at all.
    return causedBy(e, ConnectionInitException.class)
        && (causedBy(e, ClosedConnectionException.class) || causedBy(e, IOException.class))
        && !causedBy(e, ConnectException.class)
        && !causedBy(e, ClosedChannelException.class);
  }

  /** The driver names every node and class; the first cause that says anything says more. */
  private static String reason(Throwable e) {
    Throwable cause =
        causes(e).filter(each -> each.getMessage() != null).reduce(e, (before, next) -> next);
    return CONNECTION.matcher(firstLine(cause)).replaceFirst("");
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static boolean causedBy(Throwable e, Class<? extends Throwable> type) {
    Stream<Throwable> all =
        e instanceof AllNodesFailedException failed
            ? failed.getAllErrors().values().stream().flatMap(List::stream)
            : Stream.of(e);
    return all.flatMap(CassandraFailure::causes).anyMatch(type::isInstance);
  }

  /** It and what it was caused by; of several nodes the first. */
  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(
        e,
        cause -> cause != null,
        cause ->
            cause instanceof AllNodesFailedException all
                ? all.getAllErrors().values().stream()
                    .flatMap(List::stream)
                    .findFirst()
                    .orElse(null)
                : cause.getCause());
  }

  private static Throwable root(Throwable thrown) {
    Throwable e = unwrapped(thrown);
    return e instanceof StoreException && e.getCause() != null ? unwrapped(e.getCause()) : e;
  }

  private static Throwable unwrapped(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }
}
