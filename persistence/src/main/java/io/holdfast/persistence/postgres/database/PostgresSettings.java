// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres.database;

import com.typesafe.config.Config;
import io.holdfast.persistence.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where the database is, and how it is used.
 *
 * @param schema holds the tables
 * @param createSchema whether tables that are missing are made
 * @param connectTimeout how long an operation waits for a connection, whichever server has it
 * @param statementTimeout how long the database may take for one statement
 * @param checkInterval between two questions whether the server is there
 * @param retryMax the longest pause between two attempts to reach a server that is down at start
 */
public record PostgresSettings(
    Server server,
    Tls tls,
    String schema,
    boolean createSchema,
    Load load,
    Duration connectTimeout,
    Duration statementTimeout,
    Duration checkInterval,
    Duration retryMax) {

  // It becomes part of statements, quoted; the length is the server's limit.
  private static final Pattern SCHEMA = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  public PostgresSettings {
    if (!SCHEMA.matcher(schema).matches()) {
      throw new StoreException(
          "The schema '"
              + schema
              + "' is not a plain name; set HOLDFAST_POSTGRES_SCHEMA to letters, digits and _.",
          null);
    }
    if (connectTimeout.toSeconds() < server.hosts().size()) {
      throw new StoreException(
          "Set holdfast.persistence.postgres.connect-timeout to 1s or more for each server.", null);
    }
  }

  /** Reads {@code holdfast.persistence.postgres}. */
  public static PostgresSettings from(Config postgres) {
    return new PostgresSettings(
        Server.from(postgres),
        Tls.from(postgres),
        postgres.getString("schema"),
        postgres.getBoolean("create-schema"),
        Load.from(postgres),
        postgres.getDuration("connect-timeout"),
        postgres.getDuration("statement-timeout"),
        postgres.getDuration("check-interval"),
        postgres.getDuration("retry-max"));
  }

  /** The store, as sentences begin with it. */
  public String store() {
    return "The PostgreSQL store at " + server;
  }

  /**
   * Makes connections to one of the servers.
   *
   * @param silence how long it may say nothing before a connection is given up
   */
  PGSimpleDataSource dataSource(Host host, Duration silence) {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {host.name()});
    source.setPortNumbers(new int[] {host.port()});
    source.setDatabaseName(server.database());
    source.setUser(server.user());
    source.setPassword(server.password());
    source.setApplicationName("holdfast");
    int share = seconds(connectTimeout.dividedBy(server.hosts().size()));
    source.setConnectTimeout(share);
    source.setLoginTimeout(share);
    source.setSocketTimeout(seconds(silence));
    source.setTcpKeepAlive(true);
    tls.configure(source);
    return source;
  }

  private static int seconds(Duration duration) {
    return (int) Math.max(1, duration.toSeconds());
  }

  /**
   * The server and who we are to it.
   *
   * @param hosts where it may be: a primary and its standbys, which change places
   */
  public record Server(List<Host> hosts, String database, String user, String password) {

    public Server {
      hosts = List.copyOf(hosts);
    }

    static Server from(Config postgres) {
      return new Server(
          Host.parse(postgres.getString("host"), postgres.getInt("port")),
          postgres.getString("database"),
          postgres.getString("user"),
          postgres.getString("password"));
    }

    /** For people; the password is not part of it. */
    @Override
    public String toString() {
      return hosts.stream().map(Host::toString).collect(Collectors.joining(",")) + "/" + database;
    }
  }

  /**
   * How the connection is secured; files may be empty.
   *
   * @param mode libpq's: disable, allow, prefer, require, verify-ca or verify-full
   */
  public record Tls(String mode, String rootCertificate, String certificate, String key) {

    static Tls from(Config postgres) {
      return new Tls(
          postgres.getString("tls.mode"),
          postgres.getString("tls.root-certificate"),
          postgres.getString("tls.certificate"),
          postgres.getString("tls.key"));
    }

    void configure(PGSimpleDataSource source) {
      source.setSslMode(mode);
      if (!rootCertificate.isEmpty()) {
        source.setSslRootCert(rootCertificate);
      }
      if (!certificate.isEmpty()) {
        source.setSslCert(certificate);
        source.setSslKey(key);
      }
    }
  }

  /**
   * How much is done at once.
   *
   * @param lanes threads that write
   * @param waitingMax writes that may wait for one lane
   * @param groupBytes a transaction takes no more writes once it is as large
   */
  public record Load(int connectionsMax, int lanes, int waitingMax, long groupBytes) {

    public Load {
      if (lanes < 1 || waitingMax < 1 || connectionsMax <= lanes) {
        throw new StoreException(
            "Set holdfast.persistence.postgres.connections-max to more than its lanes, and lanes and"
                + " waiting-max to 1 or more.",
            null);
      }
    }

    static Load from(Config postgres) {
      return new Load(
          postgres.getInt("connections-max"),
          postgres.getInt("lanes"),
          postgres.getInt("waiting-max"),
          postgres.getBytes("group"));
    }
  }
}
