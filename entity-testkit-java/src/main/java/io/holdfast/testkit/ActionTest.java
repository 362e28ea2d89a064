// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.action.Action;
import io.holdfast.sdk.action.ActionDefinition;
import io.holdfast.sdk.action.ActionRpc;
import io.holdfast.sdk.action.Actions;
import io.holdfast.sdk.action.Elements;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * An action, for tests without a server:
 *
 * <pre>{@code
 * var result = ActionTest.of(Main.orders()).when(OrdersGrpc.getPlaceMethod(), order);
 * assertThat(result.forward()).isEqualTo(Call.of(…));
 * }</pre>
 *
 * <p>Every message goes through its bytes and back on the way, and the test fails at the first that
 * does not survive. Forwards and side effects are not carried out; the results show them.
 * Immutable.
 *
 * @param <T> the action
 */
public final class ActionTest<T extends Action> {

  /** How long streams may take to end. */
  private static final long PATIENCE_SECONDS = 20;

  private final ActionDefinition definition;
  private final TestedContext context;

  private ActionTest(ActionDefinition definition, TestedContext context) {
    this.definition = definition;
    this.context = context;
  }

  /**
   * The action that the function serves.
   *
   * @throws io.holdfast.sdk.FunctionException if the function could not start with this description
   */
  public static <T extends Action> ActionTest<T> of(Actions<T> description) {
    return new ActionTest<>(
        description.define(), new TestedContext("test", Metadata.empty(), Optional.empty(), false));
  }

  /** The same with request headers on the calls to come. */
  public ActionTest<T> withMetadata(Map<String, String> headers) {
    return withMetadata(Metadata.of(headers));
  }

  /** The same with request headers on the calls to come. */
  public ActionTest<T> withMetadata(Metadata headers) {
    return new ActionTest<>(
        definition,
        new TestedContext(context.command(), headers, context.timeLeft(), context.cancelled()));
  }

  /** The same with clients that wait that long. */
  public ActionTest<T> withTimeLeft(Duration time) {
    return new ActionTest<>(
        definition,
        new TestedContext(
            context.command(), context.metadata(), Optional.of(time), context.cancelled()));
  }

  /** The same with clients that have gone before the handler is called. */
  public ActionTest<T> cancelled() {
    return new ActionTest<>(
        definition,
        new TestedContext(context.command(), context.metadata(), context.timeLeft(), true));
  }

  /** What comes of a call of that unary rpc, or of one to which the client streams one message. */
  public <C extends Message, R extends Message> ActionResult<R> when(
      MethodDescriptor<C, R> rpc, C message) {
    return only(whenStreamed(rpc, List.of(message)));
  }

  /** What comes of a call of that rpc, to which the client streams these messages. */
  public <C extends Message, R extends Message> ActionResult<R> when(
      MethodDescriptor<C, R> rpc, List<C> messages) {
    return only(whenStreamed(rpc, messages));
  }

  /** Every answer to a call of that rpc, which streams, up to the first refusal. */
  public <C extends Message, R extends Message> List<ActionResult<R>> whenStreamed(
      MethodDescriptor<C, R> rpc, C message) {
    return whenStreamed(rpc, List.of(message));
  }

  /**
   * Every answer to a call of that rpc, to which the client streams these messages, up to the first
   * refusal.
   */
  public <C extends Message, R extends Message> List<ActionResult<R>> whenStreamed(
      MethodDescriptor<C, R> rpc, List<C> messages) {
    var found = rpc(rpc);
    var sent = messages.stream().<Message>map(m -> Survival.sent("message", m)).toList();
    var results = new ArrayList<ActionResult<R>>();
    for (ReadOnlyEffect<Message> effect : effects(found, sent)) {
      @SuppressWarnings("unchecked") // The rpc's handler replies what the rpc replies.
      var typed = (ReadOnlyEffect<R>) (Object) effect;
      var result = ActionResult.of(typed);
      results.add(result);
      if (result.isRefused()) {
        break;
      }
    }
    return results;
  }

  private ActionRpc rpc(MethodDescriptor<?, ?> rpc) {
    if (!definition.serviceName().equals(rpc.getServiceName())) {
      throw new AssertionError(
          "%s is no rpc of %s".formatted(rpc.getFullMethodName(), definition.serviceName()));
    }
    return Objects.requireNonNull(definition.rpcs().get(rpc.getBareMethodName()));
  }

  private List<ReadOnlyEffect<Message>> effects(ActionRpc rpc, List<Message> sent) {
    var named =
        new TestedContext(
            rpc.type().name(), context.metadata(), context.timeLeft(), context.cancelled());
    try {
      if (rpc instanceof ActionRpc.Unary unary) {
        return List.of(effect(unary.body().handle(one(rpc, sent), named)));
      } else if (rpc instanceof ActionRpc.StreamedIn streamed) {
        return List.of(effect(await(streamed.body().handle(Elements.from(sent), named))));
      } else if (rpc instanceof ActionRpc.StreamedOut streamed) {
        return all(streamed.body().handle(one(rpc, sent), named));
      }
      return all(((ActionRpc.Streamed) rpc).body().handle(Elements.from(sent), named));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("the handler of " + rpc.type().name() + " threw " + e, e);
    }
  }

  private static Message one(ActionRpc rpc, List<Message> sent) {
    if (sent.size() != 1) {
      throw new AssertionError(
          "rpc %s takes one message, not %d".formatted(rpc.type().name(), sent.size()));
    }
    return sent.get(0);
  }

  private static ReadOnlyEffect<Message> effect(ReadOnlyEffect<Message> effect) {
    if (effect == null) {
      throw new AssertionError("the handler returned no effect: null");
    }
    return effect;
  }

  private static List<ReadOnlyEffect<Message>> all(
      Flow.Publisher<ReadOnlyEffect<Message>> published) {
    return await(Elements.from(published).collect(Collectors.toList()));
  }

  private static <V> V await(CompletionStage<V> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the handler's stream failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no end within " + PATIENCE_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static <R extends Message> ActionResult<R> only(List<ActionResult<R>> results) {
    if (results.size() != 1) {
      throw new AssertionError("one answer was expected, but there are " + results);
    }
    return results.get(0);
  }
}
