// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.onward;

import static io.holdfast.proxy.command.Failure.Code.NO_REPLY;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Deadline;
import io.grpc.Status;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Forward;
import io.holdfast.protocol.Metadata;
import io.holdfast.protocol.Reply;
import io.holdfast.protocol.SideEffect;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.CommandDirectory;
import io.holdfast.proxy.command.CommandMethod;
import io.holdfast.proxy.command.CommandRouter;
import io.holdfast.proxy.command.CommandTarget;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Where answers lead: finds the methods they name and sends commands there. */
public final class Onward {

  private static final String EMPTY = "google.protobuf.Empty";

  private final CommandDirectory directory;
  private final CommandRouter router;
  private final Consumer<String> report;
  private final Duration sideEffectTimeout;
  private final int hopsMax;

  /**
   * @param report takes sentences for the function's developer; must not block
   * @param sideEffectTimeout how long one side effect may take, and a forward on behalf of a client
   *     that waits without a deadline
   * @param hopsMax how many forwards and side effects may follow one another
   */
  public Onward(
      CommandDirectory directory,
      CommandRouter router,
      Consumer<String> report,
      Duration sideEffectTimeout,
      int hopsMax) {
    if (hopsMax < 1) {
      throw new IllegalArgumentException("holdfast.entity.hops-max must be positive: " + hopsMax);
    }
    this.directory = directory;
    this.router = router;
    this.report = report;
    this.sideEffectTimeout = sideEffectTimeout;
    this.hopsMax = hopsMax;
  }

  /** Ends a command with that outcome. */
  public static Ending outcome(Outcome outcome) {
    return replyTo -> replyTo.complete(outcome);
  }

  /** A failure that the function chose. Without a code that gRPC knows, it is {@code UNKNOWN}. */
  public static Outcome failed(io.holdfast.protocol.Failure failure) {
    Status.Code code = Status.fromCodeValue(failure.getGrpcStatusCode()).getCode();
    return new Outcome.Failed(
        Failure.refused(
            code == Status.Code.OK ? Status.Code.UNKNOWN : code, failure.getDescription()));
  }

  /**
   * How a command ends that the function has answered so. Side effects come first: those that
   * nobody waits for are sent, then the others one after the other, each once the one before has
   * ended. A failure has none.
   *
   * @throws RefusedAnswerException when the function must not answer that
   */
  public Ending ending(ClientAction action, List<SideEffect> effects, Command asked)
      throws RefusedAnswerException {
    return switch (action.getActionCase()) {
      case REPLY -> after(effects, reply(action.getReply(), asked.method()), asked);
      case FORWARD -> after(effects, forward(action.getForward(), asked), asked);
      case ACTION_NOT_SET -> after(effects, silence(asked.method()), asked);
      case FAILURE -> outcome(failed(action.getFailure()));
    };
  }

  /**
   * Side effects, and an outcome of the caller's own once those have ended that are waited for.
   *
   * @throws RefusedAnswerException when the function must not ask for that
   */
  public Ending sideEffects(List<SideEffect> effects, Outcome then, Command asked)
      throws RefusedAnswerException {
    return after(effects, outcome(then), asked);
  }

  private static Ending reply(Reply reply, CommandMethod method) throws RefusedAnswerException {
    String typeUrl = reply.getPayload().getTypeUrl();
    if (!method.answersWith(typeUrl)) {
      throw new RefusedAnswerException(
          "replied with type \"" + typeUrl + "\" instead of " + method.outputType());
    }
    return outcome(new Outcome.Replied(reply.getPayload().getValue(), reply.getMetadata()));
  }

  private static Ending silence(CommandMethod method) {
    return outcome(
        method.outputType().equals(EMPTY)
            ? new Outcome.Replied(ByteString.EMPTY, Metadata.getDefaultInstance())
            : Outcome.failed(NO_REPLY, "no reply"));
  }

  private Ending forward(Forward forward, Command cause) throws RefusedAnswerException {
    String what = "forwarded to " + forward.getServiceName() + "/" + forward.getCommandName();
    CommandTarget target =
        target(forward.getServiceName(), forward.getCommandName(), what, cause.hops());
    String replies = target.method().outputType();
    if (!replies.equals(cause.method().outputType())) {
      throw new RefusedAnswerException(
          what + ", which replies " + replies + " instead of " + cause.method().outputType());
    }
    Deadline deadline = cause.bounded() ? cause.deadline() : ownDeadline();
    Command next =
        command(target, forward.getPayload(), forward.getMetadata(), deadline, cause, what);
    return replyTo -> router.route(next, replyTo);
  }

  private Ending after(List<SideEffect> effects, Ending ending, Command cause)
      throws RefusedAnswerException {
    if (effects.isEmpty()) {
      return ending;
    }
    var awaited = new ArrayList<Command>();
    var unawaited = new ArrayList<Command>();
    for (SideEffect effect : effects) {
      (effect.getSynchronous() ? awaited : unawaited).add(command(effect, cause));
    }
    return replyTo -> {
      for (Command command : unawaited) {
        router.route(command, new EffectEnd(command, report, () -> {}));
      }
      next(awaited, 0, ending, replyTo);
    };
  }

  private void next(List<Command> effects, int index, Ending ending, ReplyTo replyTo) {
    if (index == effects.size()) {
      ending.carryOut(replyTo);
      return;
    }
    Command effect = effects.get(index);
    router.route(
        effect, new EffectEnd(effect, report, () -> next(effects, index + 1, ending, replyTo)));
  }

  private Command command(SideEffect effect, Command cause) throws RefusedAnswerException {
    String what =
        "asked for a side effect on " + effect.getServiceName() + "/" + effect.getCommandName();
    CommandTarget target =
        target(effect.getServiceName(), effect.getCommandName(), what, cause.hops());
    // Nobody is told how it ends, so it has a time of its own and not what is left of the client's.
    return command(target, effect.getPayload(), effect.getMetadata(), ownDeadline(), cause, what);
  }

  private Deadline ownDeadline() {
    return Deadline.after(sideEffectTimeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  private CommandTarget target(String service, String command, String what, int hops)
      throws RefusedAnswerException {
    if (hops >= hopsMax) {
      throw new RefusedAnswerException(what + " at the end of a chain of " + hops + " commands");
    }
    CommandTarget target = directory.find(service, command);
    if (target == null) {
      throw new RefusedAnswerException(what + ", which the function does not serve");
    }
    if (target.streamed()) {
      throw new RefusedAnswerException(what + ", which is streamed");
    }
    return target;
  }

  private static Command command(
      CommandTarget target,
      Any payload,
      Metadata metadata,
      Deadline deadline,
      Command cause,
      String what)
      throws RefusedAnswerException {
    CommandMethod method = target.method();
    if (!method.takes(payload.getTypeUrl())) {
      throw new RefusedAnswerException(
          what + " with type \"" + payload.getTypeUrl() + "\" instead of " + method.inputType());
    }
    EntityId entity;
    try {
      entity = target.entity(payload.getValue());
    } catch (InvalidProtocolBufferException e) {
      throw new RefusedAnswerException(what + " with a malformed " + method.inputType());
    }
    if (entity.key().isEmpty() && target.keyed()) {
      throw new RefusedAnswerException(what + " with an empty entity key");
    }
    return new Command(entity, method, payload.getValue(), metadata, deadline, cause.hops() + 1);
  }
}
