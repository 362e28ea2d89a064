// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyStream;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.entity.onward.Ending;
import java.util.ArrayDeque;

/**
 * A client that is streamed to. What it gets keeps the order in which the function sent it, also
 * where one message is the outcome of a forward and takes a while. Filled by the session alone;
 * outcomes may come on any thread.
 */
final class ClientStream implements Client {

  private final ReplyStream replies;
  private final int unreadMax;

  private volatile Runnable cut = () -> {};

  // Guarded by this object.
  private final ArrayDeque<Element> waiting = new ArrayDeque<>(2);
  private boolean running;
  private boolean ended;
  private int unread;

  /** One message, and what it does to the stream. */
  private record Element(Ending ending, boolean silent, boolean last) {}

  /**
   * @param unreadMax how many messages may wait for a client that does not read
   */
  ClientStream(ReplyStream replies, int unreadMax) {
    this.replies = replies;
    this.unreadMax = unreadMax;
  }

  @Override
  public boolean abandoned() {
    return replies.abandoned();
  }

  /**
   * Has {@code action} called, on any thread and perhaps more than once, when the client gets no
   * more although the function has not ended the stream.
   */
  void whenCut(Runnable action) {
    cut = action;
    replies.whenAbandoned(action);
  }

  @Override
  public void fail(Failure failure) {
    synchronized (this) {
      ended = true;
      waiting.clear();
    }
    replies.fail(failure);
  }

  /**
   * Adds what the function has sent. False when too much waits: the client should be failed then.
   *
   * @param silent whether a reply is not shown to the client
   * @param last whether the stream ends with it
   */
  boolean add(Ending ending, boolean silent, boolean last) {
    synchronized (this) {
      if (ended) {
        return true;
      }
      unread = replies.ready() ? 0 : unread + 1;
      if (waiting.size() + unread > unreadMax) {
        return false;
      }
      waiting.add(new Element(ending, silent, last));
      if (running) {
        return true;
      }
      running = true;
    }
    proceed();
    return true;
  }

  private void proceed() {
    Element next;
    synchronized (this) {
      next = ended ? null : waiting.poll();
      if (next == null) {
        running = false;
        return;
      }
    }
    next.ending().carryOut(new Place(next));
  }

  private void done(Element element, Outcome outcome) {
    outcome.visit(
        new Outcome.Visitor() {
          @Override
          public void onReplied(Outcome.Replied replied) {
            if (!element.silent()) {
              replies.next(replied);
            }
            if (element.last()) {
              end();
            }
          }

          @Override
          public void onFailed(Outcome.Failed failed) {
            fail(failed.failure());
            if (!element.last()) {
              cut.run();
            }
          }
        });
    proceed();
  }

  private void end() {
    synchronized (this) {
      ended = true;
    }
    replies.end();
  }

  /** Where the outcome of one message goes. */
  private final class Place implements ReplyTo {
    private final Element element;

    Place(Element element) {
      this.element = element;
    }

    @Override
    public void complete(Outcome outcome) {
      done(element, outcome);
    }

    @Override
    public boolean abandoned() {
      return replies.abandoned();
    }
  }
}
