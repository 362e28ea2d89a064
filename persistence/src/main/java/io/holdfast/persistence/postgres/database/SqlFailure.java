// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres.database;

import io.holdfast.persistence.StoreException;
import java.io.FileNotFoundException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.regex.Pattern;

/**
 * What a failure of the database means for us, by its SQLSTATE. Where several servers fail, the
 * operator hears of what comes last here: it says more than that a server is away.
 */
public enum SqlFailure {
  /** The server cannot be reached now; nothing else is known. */
  AWAY,
  /** It can, but takes no writes: a standby, or one that is set so. Another one may take them. */
  READ_ONLY,
  /** Another transaction was in the way and has ended since: look again. */
  CONTESTED,
  /** The database does not take what was to be stored; it would take other things. */
  NOT_STORABLE,
  /** Someone must change the setup first. */
  SETUP,
  OTHER;

  private static final String CONTESTED_STATES = "40";
  private static final String UNIQUE_STATE = "23505";
  private static final String READ_ONLY_STATE = "25006";
  // What the driver says of a certificate for another host, and of a key that others could read.
  private static final Pattern TLS_WORDS = Pattern.compile("hostnameverifier|private key file");
  private static final String SERVER_REJECTED_CONNECTION = "08004";

  public static SqlFailure of(SQLException failure) {
    SQLException cause = rootOf(failure);
    String state = cause.getSQLState();
    if (state == null || state.length() < 2) {
      return AWAY;
    }
    if (state.equals(SERVER_REJECTED_CONNECTION) || isAboutTls(failure)) {
      return SETUP;
    }
    if (state.equals(READ_ONLY_STATE)) {
      return READ_ONLY;
    }
    if (state.equals(UNIQUE_STATE)) {
      return CONTESTED;
    }
    return switch (state.substring(0, 2)) {
      case "08", "53", "57" -> state.equals("57014") ? OTHER : AWAY;
      case CONTESTED_STATES -> CONTESTED;
      case "22", "54" -> NOT_STORABLE;
      case "28", "3D", "3F", "42" -> SETUP;
      default -> OTHER;
    };
  }

  /** Another transaction was seen to be in the way. */
  public static SQLException contested() {
    return new SQLException("another transaction wrote the same", CONTESTED_STATES + "001");
  }

  /** The server at the other end of a connection was asked, and takes no writes. */
  static SQLException readOnly() {
    return new SQLException("the server takes no writes", READ_ONLY_STATE);
  }

  /** Whether it may pass without anybody changing our setup. */
  boolean mayPass() {
    return this == AWAY || this == READ_ONLY;
  }

  /** A sentence for the operator. */
  static StoreException during(String doing, PostgresSettings settings, SQLException failure) {
    String sentence = sentence(doing, settings, failure);
    return of(failure).mayPass()
        ? StoreException.outage(sentence, failure)
        : new StoreException(sentence, failure);
  }

  static String sentence(String doing, PostgresSettings settings, SQLException failure) {
    SQLException cause = rootOf(failure);
    return settings.store()
        + " cannot "
        + doing
        + " ("
        + firstLine(cause)
        + "); "
        + advice(of(cause), cause)
        + ".";
  }

  private static String advice(SqlFailure kind, SQLException cause) {
    String state = String.valueOf(cause.getSQLState());
    return switch (kind) {
      case AWAY -> "check that the server is up and reachable";
      case READ_ONLY ->
          "it is a standby or set to be read only: promote it, or have HOLDFAST_POSTGRES_HOST name"
              + " the server that takes writes";
      case SETUP -> {
        if (state.startsWith("28") || firstLine(cause).contains("-based authentication")) {
          yield "set HOLDFAST_POSTGRES_USER, HOLDFAST_POSTGRES_PASSWORD and HOLDFAST_POSTGRES_TLS to"
              + " what the server's pg_hba.conf accepts";
        }
        if (state.startsWith("3D")) {
          yield "create the database or set HOLDFAST_POSTGRES_DATABASE";
        }
        if (state.startsWith("08")) {
          yield "set HOLDFAST_POSTGRES_TLS to what the server offers, and"
              + " HOLDFAST_POSTGRES_TLS_ROOT_CERTIFICATE to who vouches for it";
        }
        yield "give its user the rights that this takes";
      }
      default -> "look at the server's log";
    };
  }

  // The driver gives these the state of a connection that failed, as if that could pass.
  private static boolean isAboutTls(SQLException failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof GeneralSecurityException
          || each instanceof FileNotFoundException
          || TLS_WORDS.matcher(String.valueOf(each.getMessage())).find()) {
        return true;
      }
    }
    return false;
  }

  private static String firstLine(SQLException cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }

  /** The pool hides what was said when it tried to connect. */
  private static SQLException rootOf(SQLException failure) {
    SQLException root = failure;
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException said) {
        root = said;
      }
    }
    return root;
  }
}
