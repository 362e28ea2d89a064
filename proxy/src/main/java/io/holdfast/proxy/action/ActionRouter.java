// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.action;

import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.CommandRouter;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyStream;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.command.RequestStream;
import io.holdfast.proxy.command.StreamRouter;
import io.holdfast.proxy.discovery.EntityService;
import io.holdfast.proxy.entity.FunctionPort;
import io.holdfast.proxy.entity.onward.Onward;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes commands to the actions of this node's function. */
public final class ActionRouter implements CommandRouter, StreamRouter {

  private final FunctionPort function;
  private final Onward onward;
  private final int callsMax;
  private final AtomicInteger calls = new AtomicInteger();

  /** How the function is asked, by the name of the service that clients call. */
  private volatile Map<String, ActionMethods> services = Map.of();

  /**
   * @param callsMax how many calls of actions may be under way
   */
  public ActionRouter(FunctionPort function, Onward onward, int callsMax) {
    this.function = function;
    this.onward = onward;
    this.callsMax = callsMax;
  }

  /** From now on, takes commands of these services and of no others. */
  public void serve(List<EntityService> actions) {
    var next = new HashMap<String, ActionMethods>();
    actions.forEach(service -> next.put(service.entityType(), ActionMethods.of(service.kind())));
    services = Map.copyOf(next);
  }

  /** Whether it takes commands of that type. */
  public boolean serves(String entityType) {
    return services.containsKey(entityType);
  }

  @Override
  public void route(Command command, ReplyTo replyTo) {
    var methods = admit(command, failure -> replyTo.complete(new Outcome.Failed(failure)));
    if (methods != null) {
      new ActionCall(asked(command), methods.unary(), replyTo, this::ended).start();
    }
  }

  @Override
  public void streamedIn(Command opening, RequestStream requests, ReplyTo replyTo) {
    var methods = admit(opening, failure -> replyTo.complete(new Outcome.Failed(failure)));
    if (methods != null) {
      new ActionCall(asked(opening), methods.streamedIn(), replyTo, this::ended).start(requests);
    }
  }

  @Override
  public void streamedOut(Command command, ReplyStream replies) {
    var methods = admit(command, replies::fail);
    if (methods != null) {
      new ActionStream(asked(command), methods.streamedOut(), replies, this::ended).start();
    }
  }

  @Override
  public void streamed(Command opening, RequestStream requests, ReplyStream replies) {
    var methods = admit(opening, replies::fail);
    if (methods != null) {
      new ActionStream(asked(opening), methods.streamed(), replies, this::ended).start(requests);
    }
  }

  private Asked asked(Command command) {
    return new Asked(command, function, onward);
  }

  /** Takes a place for the call, which {@link #ended} gives back; null when it was refused. */
  private @Nullable ActionMethods admit(Command command, Consumer<Failure> refuse) {
    var methods = services.get(command.entity().entityType());
    if (methods == null) {
      refuse(refuse, Failure.Code.UNKNOWN_COMMAND, command, "is served no more");
    } else if (command.deadline().isExpired()) {
      refuse(refuse, Failure.Code.EXPIRED, command, "the deadline passed before it was called");
    } else if (calls.incrementAndGet() > callsMax) {
      calls.decrementAndGet();
      refuse(refuse, Failure.Code.OVERLOADED, command, "too many actions are under way");
    } else {
      return methods;
    }
    return null;
  }

  private void ended() {
    calls.decrementAndGet();
  }

  private static void refuse(
      Consumer<Failure> refuse, Failure.Code code, Command command, String why) {
    refuse.accept(Failure.of(code, command.method().fullName() + ": " + why));
  }
}
