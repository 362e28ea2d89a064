// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.Metadata;
import io.holdfast.protocol.Reply;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.CommandMethod;
import io.holdfast.proxy.command.CommandTarget;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.entity.SessionMessage.Answered;
import io.holdfast.proxy.entity.SessionMessage.Arrived;
import io.holdfast.proxy.entity.SessionMessage.Check;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import io.holdfast.proxy.entity.SessionMessage.Passivate;
import io.holdfast.proxy.entity.SessionMessage.Recovered;
import io.holdfast.proxy.entity.SessionMessage.RecoveryFailed;
import io.holdfast.proxy.entity.SessionMessage.StreamLost;
import io.holdfast.proxy.entity.onward.Onward;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Plays client, function, store and shard around one session, one step at a time, and writes down
 * what the session does to each of them.
 */
final class SessionScript implements EntityKeeper, SessionHost, FunctionPort {

  static final CommandMethod ADD =
      new CommandMethod("test.Counters", "Add", "test.Add", "test.Total");
  static final CommandMethod RESET =
      new CommandMethod("test.Counters", "Reset", "test.Reset", "google.protobuf.Empty");

  static final int HOPS_MAX = 3;

  /** What the session did, in order: {@code open 1}, {@code command 1 a}, {@code store x} … */
  final List<String> log = new ArrayList<>();

  final List<String> reports = new ArrayList<>();

  /** The forwards and side effects that were sent. */
  final List<Command> routed = new ArrayList<>();

  private final List<ReplyTo> waitingForRouted = new ArrayList<>();
  private final List<Deliver> fetched = new ArrayList<>();
  final Session session;
  private final Set<String> transitions;
  private long nanos;
  private long stream;
  private int open;
  boolean snapshotSent;

  SessionScript(int waitingMax, int unstoredMax, Set<String> transitions) {
    this.transitions = transitions;
    this.session =
        new Session(
            new EntityId("counter", "red"),
            this,
            this,
            this,
            new Onward(this::find, this::route, reports::add, Duration.ofSeconds(7), HOPS_MAX),
            new SessionSettings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                waitingMax,
                unstoredMax),
            () -> nanos);
  }

  /** Every method of {@code test.Counters} is there; none of any other service. */
  private @Nullable CommandTarget find(String service, String command) {
    if (!service.equals("test.Counters")) {
      return null;
    }
    var method =
        command.equals("Count")
            ? new CommandMethod(service, command, "test.Add", "test.Count")
            : new CommandMethod(service, command, "test.Add", "test.Total");
    return new CommandTarget() {
      @Override
      public CommandMethod method() {
        return method;
      }

      @Override
      public boolean keyed() {
        return true;
      }

      @Override
      public boolean streamed() {
        return command.equals("Watch");
      }

      @Override
      public EntityId entity(ByteString payload) throws InvalidProtocolBufferException {
        if (payload.toStringUtf8().equals("garbage")) {
          throw new InvalidProtocolBufferException("no message");
        }
        return new EntityId("counter", payload.toStringUtf8());
      }
    };
  }

  private void route(Command command, ReplyTo replyTo) {
    log.add("route " + command.method().name() + " " + command.entity().key());
    routed.add(command);
    waitingForRouted.add(replyTo);
  }

  /** Ends the command that was routed first of those that have not ended. */
  void routedEnds(Outcome outcome) {
    waitingForRouted.remove(0).complete(outcome);
  }

  private void step(Runnable step) {
    String before = stateName();
    step.run();
    transitions.add(before + " -> " + stateName());
  }

  String stateName() {
    return session.state().getClass().getSimpleName();
  }

  // What clients do.

  Client command(String payload) {
    return command(ADD, payload, Deadline.after(1, TimeUnit.HOURS));
  }

  /** One whose client waits for so long, on the clock of this script. */
  Client commandWithin(Duration timeout, String payload) {
    return command(ADD, payload, Deadline.after(timeout.toNanos(), TimeUnit.NANOSECONDS, ticker()));
  }

  /** One that came about by so many forwards and side effects. */
  Client commandAfter(int hops, String payload) {
    return command(ADD, payload, Deadline.after(1, TimeUnit.HOURS), hops);
  }

  /** One that has come without its payload, which stays on another node for now. */
  Client commandWithoutPayload(String name, Duration timeout) {
    var client = new Client();
    var command =
        new Command(
            new EntityId("counter", "red"),
            new CommandMethod("test.Counters", name, "test.Add", "test.Total"),
            ByteString.EMPTY,
            Metadata.getDefaultInstance(),
            Deadline.after(timeout.toNanos(), TimeUnit.NANOSECONDS, ticker()));
    step(() -> session.receive(Deliver.without(new Elsewhere(), command, client)));
    return client;
  }

  private static final class Elsewhere implements PendingContent {
    @Override
    public String node() {
      return "10.0.0.1:2551";
    }

    @Override
    public CompletionStage<Command> fetch(Command without) {
      throw new UnsupportedOperationException("this script plays those who fetch");
    }
  }

  private Deadline.Ticker ticker() {
    return new Deadline.Ticker() {
      @Override
      public long nanoTime() {
        return nanos;
      }
    };
  }

  /** What that command came without is here. */
  void payloadComes(String name, String payload) {
    Deliver placeholder = fetching(name);
    Command without = placeholder.command();
    var whole =
        new Command(
            without.entity(),
            without.method(),
            ByteString.copyFromUtf8(payload),
            Metadata.getDefaultInstance(),
            without.deadline());
    step(() -> session.receive(new Arrived(placeholder, whole, "")));
  }

  void payloadIsLost(String name) {
    step(() -> session.receive(new Arrived(fetching(name), null, "node 10.0.0.1:2551 was lost")));
  }

  private Deliver fetching(String name) {
    return fetched.stream()
        .filter(placeholder -> placeholder.command().method().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  Client command(CommandMethod method, String payload, Deadline deadline) {
    return command(method, payload, deadline, 0);
  }

  private Client command(CommandMethod method, String payload, Deadline deadline, int hops) {
    var client = new Client();
    var command =
        new Command(
            new EntityId("counter", "red"),
            method,
            ByteString.copyFromUtf8(payload),
            Metadata.getDefaultInstance(),
            deadline,
            hops);
    step(() -> session.receive(Deliver.byShard(command, client)));
    return client;
  }

  // What the function does.

  void recovered() {
    step(() -> session.receive(new Recovered(stream)));
  }

  void recoveryFails() {
    step(() -> session.receive(new RecoveryFailed(stream, new IllegalStateException("no disk"))));
  }

  void answers(long commandId, String reply, String... changes) {
    answers(commandId, replyAction("test.Total", reply), changes);
  }

  void answers(long commandId, ClientAction action, String... changes) {
    says(new Answer.Replied(commandId, action, List.of(), new Change(List.of(changes))));
  }

  void says(Answer answer) {
    saysOn(stream, answer);
  }

  void saysOn(long streamNumber, Answer answer) {
    step(() -> session.receive(new Answered(streamNumber, answer)));
  }

  void givesUp(long commandId, String description) {
    says(
        new Answer.GaveUp(
            Failure.newBuilder().setCommandId(commandId).setDescription(description).build()));
  }

  void dies() {
    step(() -> session.receive(new StreamLost(stream, Status.UNAVAILABLE)));
  }

  static ClientAction replyAction(String type, String text) {
    return ClientAction.newBuilder()
        .setReply(
            Reply.newBuilder()
                .setPayload(
                    Any.newBuilder()
                        .setTypeUrl("type.googleapis.com/" + type)
                        .setValue(ByteString.copyFromUtf8(text))))
        .build();
  }

  static ClientAction failureAction(String description, boolean restart) {
    return ClientAction.newBuilder()
        .setFailure(Failure.newBuilder().setDescription(description).setRestart(restart))
        .build();
  }

  // What the store, the clock and the shard do.

  void stored() {
    step(session::stored);
  }

  void storeFails() {
    step(() -> session.storeFailed(new IllegalStateException("no space left")));
  }

  void timePasses(Duration duration) {
    nanos += duration.toNanos();
    step(() -> session.receive(Check.CHECK));
  }

  void passivate() {
    step(() -> session.receive(Passivate.PASSIVATE));
  }

  void stops() {
    step(() -> session.end("the entity was stopped"));
  }

  // What the session does.

  @Override
  public boolean passOverSnapshot() {
    boolean sent = snapshotSent;
    snapshotSent = false;
    return sent;
  }

  @Override
  public CommandStream open(long number) {
    stream = number;
    int nth = ++open;
    log.add("open");
    return new CommandStream() {
      @Override
      public void send(io.holdfast.protocol.Command command) {
        log.add(
            "command " + command.getId() + " " + command.getPayload().getValue().toStringUtf8());
      }

      @Override
      public void halfClose() {
        log.add("half-close");
      }

      @Override
      public void cancel(String reason) {
        log.add("cancel");
        assertThat(nth).isEqualTo(open);
      }
    };
  }

  long currentStream() {
    return stream;
  }

  @Override
  public void store(StateChange change, Deliver cause) {
    log.add(
        "store " + (change instanceof Change some ? String.join(" ", some.events()) : "").strip());
  }

  @Override
  public void schedule(Duration delay, SessionMessage message) {
    log.add("check in " + delay.toSeconds() + " s");
  }

  @Override
  public boolean receive(Object message) {
    return false;
  }

  @Override
  public void fetch(Deliver placeholder, PendingContent pending) {
    log.add("fetch " + placeholder.command().method().name());
    fetched.add(placeholder);
  }

  @Override
  public void giveBack(Deliver command) {
    log.add("give back " + command.command().payload().toStringUtf8());
  }

  @Override
  public void leaving() {
    log.add("leaving");
  }

  @Override
  public void leave() {
    log.add("leave");
  }

  @Override
  public ManagedChannel channel() {
    throw new UnsupportedOperationException("a session opens streams through its keeper");
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public void reportError(String sentence) {
    reports.add(sentence);
  }

  /** Some events, as words. */
  record Change(List<String> events) implements StateChange {
    @Override
    public boolean isEmpty() {
      return events.isEmpty();
    }
  }

  /** A client that waits. */
  static final class Client implements ReplyTo {
    private @Nullable Outcome outcome;
    boolean gone;

    @Override
    public void complete(Outcome outcome) {
      if (heard().startsWith("TIMED_OUT")) {
        // Told when its time was up; what happens after that, it does not hear.
        return;
      }
      assertThat(this.outcome).as("answered once only").isNull();
      this.outcome = outcome;
    }

    @Override
    public boolean abandoned() {
      return gone;
    }

    boolean heardNothing() {
      return outcome == null;
    }

    /** {@code reply text}, {@code CODE STATUS detail}, or {@code nothing}. */
    String heard() {
      if (outcome instanceof Outcome.Replied replied) {
        return "reply " + replied.payload().toStringUtf8();
      }
      if (outcome instanceof Outcome.Failed failed) {
        var failure = failed.failure();
        return failure.code() + " " + failure.status() + " " + failure.detail();
      }
      return "nothing";
    }
  }
}
