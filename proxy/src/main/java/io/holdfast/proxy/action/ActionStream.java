// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.action;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.holdfast.protocol.action.ActionCommand;
import io.holdfast.protocol.action.ActionResponse;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyStream;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.command.RequestStream;
import io.holdfast.proxy.entity.onward.Ending;
import io.holdfast.proxy.entity.onward.RefusedAnswerException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One call of an action whose answer is a stream. Each response has its place in that order; a
 * forward or a side effect holds its place until it has ended, while a bounded number behind it may
 * be under way already. Nothing begins behind what is known to have failed. The function is asked
 * for more only while the client takes them.
 */
final class ActionStream extends ClientCall.Listener<ActionResponse> {

  /** Responses that may be asked for or under way at one time. */
  private static final int AHEAD_MAX = 32;

  /**
   * So many forwards and side effects are carried out one by one. How each of them ends is known
   * before the next begins; what a short stream has refused is not followed by anything. Those of a
   * long stream would take too long that way.
   */
  private static final int SINGLY = 16;

  /** Stands for a response that has side effects and nothing for the client. */
  private static final Outcome NOTHING = Outcome.failed(Failure.Code.NO_REPLY, "");

  private final Asked asked;
  private final ReplyStream replies;
  private final Runnable ended;
  private final ClientCall<ActionCommand, ActionResponse> call;
  private final ActionRequest request;

  // What follows is guarded by this.
  private final Deque<Place> places = new ArrayDeque<>();
  private final Deque<Beginning> waiting = new ArrayDeque<>();
  private long placed;
  private int underWay;
  private int wentWell;
  private boolean beginning;
  private int requested;
  private boolean closed;
  private boolean over;

  /** The first place that has failed: the stream ends there. */
  private volatile long failed = Long.MAX_VALUE;

  /** What reaches beyond the client's stream, and has not begun yet. */
  private record Beginning(Ending ending, Place place) {}

  /** One response's place in the client's stream. */
  private final class Place implements ReplyTo {
    private final long number;
    private boolean begun;
    private @Nullable Outcome outcome;

    Place(long number) {
      this.number = number;
    }

    @Override
    public void complete(Outcome with) {
      settle(this, with);
    }

    @Override
    public boolean abandoned() {
      return number > failed || replies.abandoned();
    }
  }

  /**
   * @param ended called once, when the function owes nothing any more
   */
  ActionStream(
      Asked asked,
      MethodDescriptor<ActionCommand, ActionResponse> method,
      ReplyStream replies,
      Runnable ended) {
    this.asked = asked;
    this.replies = replies;
    this.ended = ended;
    this.call = asked.newCall(method);
    this.request = new ActionRequest(asked, call, this::end);
  }

  /** Starts it with one request. */
  void start() {
    open();
    request.send();
  }

  /** Starts it with a stream of requests. */
  void start(RequestStream requests) {
    open();
    request.send(requests);
  }

  private void open() {
    call.start(this, new Metadata());
    replies.whenReady(this::askForMore);
    replies.whenAbandoned(() -> request.cancel("the client has gone"));
    askForMore();
  }

  @Override
  public void onReady() {
    request.onReady();
  }

  @Override
  public void onMessage(ActionResponse response) {
    Place place;
    synchronized (this) {
      requested--;
      if (over) {
        return;
      }
      place = place();
    }
    try {
      var ending = ending(response);
      if (response.hasForward() || response.getSideEffectsCount() > 0) {
        begin(new Beginning(ending, place));
      } else {
        ending.carryOut(place);
      }
    } catch (RefusedAnswerException e) {
      place.complete(new Outcome.Failed(asked.broken(e.what())));
    }
  }

  // Guarded by this.
  private Place place() {
    var place = new Place(placed++);
    places.add(place);
    return place;
  }

  private void begin(Beginning next) {
    synchronized (this) {
      waiting.add(next);
    }
    beginWaiting();
  }

  // One thread at a time, whose turn it is to begin what others have added: in their order.
  private void beginWaiting() {
    for (Beginning next = nextToBegin(); next != null; next = nextToBegin()) {
      try {
        next.ending().carryOut(next.place());
      } finally {
        synchronized (this) {
          beginning = false;
        }
      }
    }
  }

  private synchronized @Nullable Beginning nextToBegin() {
    Beginning next = beginning ? null : waiting.peek();
    if (next == null || underWay >= (wentWell < SINGLY ? 1 : AHEAD_MAX)) {
      return null;
    }
    if (over || next.place().abandoned()) {
      // All others are behind it.
      waiting.clear();
      return null;
    }
    waiting.remove();
    beginning = true;
    underWay++;
    next.place().begun = true;
    return next;
  }

  private Ending ending(ActionResponse response) throws RefusedAnswerException {
    return response.getResponseCase() == ActionResponse.ResponseCase.RESPONSE_NOT_SET
        ? asked.sideEffects(response, NOTHING)
        : asked.ending(response);
  }

  @Override
  public synchronized void onClose(Status status, Metadata trailers) {
    ended.run();
    closed = true;
    if (!status.isOk()) {
      place().outcome = new Outcome.Failed(asked.lost(status));
    }
    passOn();
  }

  private void settle(Place place, Outcome outcome) {
    boolean more;
    synchronized (this) {
      if (place.outcome != null) {
        return;
      }
      place.outcome = outcome;
      boolean well = outcome == NOTHING || outcome instanceof Outcome.Replied;
      if (!well) {
        failed = Math.min(failed, place.number);
      }
      if (place.begun) {
        underWay--;
        wentWell = well ? Math.min(wentWell + 1, SINGLY) : wentWell;
      }
      passOn();
      more = !waiting.isEmpty();
    }
    if (more) {
      beginWaiting();
    }
    askForMore();
  }

  // In order: what is ready behind something that is not has to wait.
  private void passOn() {
    Place first = places.peek();
    while (!over && first != null && first.outcome != null) {
      places.remove();
      Outcome outcome = first.outcome;
      if (outcome instanceof Outcome.Replied reply) {
        replies.next(reply);
      } else if (outcome != NOTHING && outcome instanceof Outcome.Failed failed) {
        end(failed.failure());
      }
      first = places.peek();
    }
    if (closed && !over && places.isEmpty()) {
      over = true;
      replies.end();
    }
  }

  private synchronized void end(Failure failure) {
    if (!over) {
      over = true;
      places.clear();
      waiting.clear();
      replies.fail(failure);
      request.cancel("the client's stream has failed");
    }
  }

  private void askForMore() {
    int more;
    synchronized (this) {
      more = over || closed || !replies.ready() ? 0 : AHEAD_MAX - places.size() - requested;
      // Half of it at least: each request costs a call of the transport.
      if (more < AHEAD_MAX / 2) {
        return;
      }
      requested += more;
    }
    call.request(more);
  }
}
