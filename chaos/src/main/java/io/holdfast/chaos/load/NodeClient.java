// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.load;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.holdfast.chaos.api.Entry;
import io.holdfast.chaos.api.LedgerName;
import io.holdfast.chaos.api.Marks;
import io.holdfast.chaos.api.Replaced;
import io.holdfast.chaos.api.Written;
import io.holdfast.chaos.history.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Calls one node over HTTP, which tells what the server said from what the network did. Never sends
 * anything twice.
 */
public final class NodeClient {

  private static final String LEDGERS = "holdfast.chaos.Ledgers/";
  private static final String SLOTS = "holdfast.chaos.Slots/";
  private static final String BOARDS = "holdfast.chaos.Boards/";
  private static final Set<Integer> SURELY_NOTHING = Set.of(400, 429, 503);
  private static final Pattern UNKNOWN = Pattern.compile("outcome (is )?unknown");
  private static final int OK = 200;
  private static final int REASON_LENGTH_MAX = 200;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final int port;
  private final Duration patience;

  /**
   * @param port where the node serves clients of this machine
   * @param patience for each call
   */
  public NodeClient(int port, Duration patience) {
    this.port = port;
    this.patience = patience;
  }

  public Outcome append(String ledger, String command) throws InterruptedException {
    return change(LEDGERS + "Append", ledger, command, NodeClient::appended);
  }

  /** Which the entity refuses. */
  public Outcome appendNothing(String ledger, String command) throws InterruptedException {
    return change(LEDGERS + "AppendNothing", ledger, command, NodeClient::appended);
  }

  public Outcome put(String slot, String command) throws InterruptedException {
    return change(SLOTS + "Put", slot, command, NodeClient::replaced);
  }

  public Outcome mark(String board, String command) throws InterruptedException {
    return change(BOARDS + "Mark", board, command, NodeClient::appended);
  }

  /** What a ledger or a slot has last. */
  public Outcome read(String entity) throws InterruptedException {
    String method = entity.startsWith(Load.SLOT) ? SLOTS + "Look" : LEDGERS + "Read";
    try {
      HttpResponse<String> response = post(method, name(entity));
      if (response.statusCode() != OK) {
        return new Outcome.NothingHappened(reason(response));
      }
      Written last = written(response.body());
      return new Outcome.Seen(last.getPosition(), last.getCommand());
    } catch (IOException e) {
      return new Outcome.NothingHappened(e.toString());
    }
  }

  /** The marks that the node shows; empty when it does not answer. */
  public Optional<Set<String>> show(String board) throws InterruptedException {
    try {
      HttpResponse<String> response = post(BOARDS + "Show", name(board));
      if (response.statusCode() != OK) {
        return Optional.empty();
      }
      var marks = Marks.newBuilder();
      JsonFormat.parser().merge(response.body(), marks);
      return Optional.of(Set.copyOf(marks.getCommandsList()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Message name(String entity) {
    return LedgerName.newBuilder().setName(entity).build();
  }

  /** How a reply is understood. */
  @FunctionalInterface
  private interface Reading {
    Outcome of(String json) throws InvalidProtocolBufferException;
  }

  private Outcome change(String method, String entity, String command, Reading reading)
      throws InterruptedException {
    Entry entry = Entry.newBuilder().setName(entity).setCommand(command).build();
    try {
      HttpResponse<String> response = post(method, entry);
      if (response.statusCode() == OK) {
        return reading.of(response.body());
      }
      String reason = reason(response);
      return SURELY_NOTHING.contains(response.statusCode()) && !UNKNOWN.matcher(reason).find()
          ? new Outcome.NothingHappened(reason)
          : new Outcome.Unknown(reason);
    } catch (ConnectException | HttpConnectTimeoutException e) {
      return new Outcome.NothingHappened(e.toString());
    } catch (IOException e) {
      return new Outcome.Unknown(e.toString());
    }
  }

  private static Outcome appended(String json) throws InvalidProtocolBufferException {
    Written written = written(json);
    return new Outcome.Acknowledged(written.getPosition(), written.getInstance());
  }

  private static Outcome replaced(String json) throws InvalidProtocolBufferException {
    var replaced = Replaced.newBuilder();
    JsonFormat.parser().merge(json, replaced);
    Written after = replaced.getAfter();
    return new Outcome.Overwrote(
        replaced.getBefore().getCommand(),
        after.getCommand(),
        after.getPosition(),
        after.getInstance());
  }

  private static Written written(String json) throws InvalidProtocolBufferException {
    var written = Written.newBuilder();
    JsonFormat.parser().merge(json, written);
    return written.build();
  }

  private HttpResponse<String> post(String method, Message message)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/%s".formatted(port, method)))
            .timeout(patience)
            .POST(BodyPublishers.ofString(JsonFormat.printer().print(message)))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static String reason(HttpResponse<String> response) {
    String body = response.body().strip();
    return response.statusCode()
        + " "
        + body.substring(0, Math.min(body.length(), REASON_LENGTH_MAX));
  }
}
