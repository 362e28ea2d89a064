// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.call;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.RequestStream;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Reads a stream of messages from one client. A piece of the body is only taken from the connection
 * when a message is asked for that has not come yet, so that HTTP's own window holds the client
 * back.
 *
 * <p>Everything but {@link #request} happens on the connection's event loop.
 */
final class ClientRequests implements RequestStream, Subscriber<HttpObject> {

  private final HttpRequest request;
  private final PayloadReader reader;
  private final EventLoop loop;
  private final Deque<ByteString> payloads = new ArrayDeque<>();
  private @Nullable Listener listener;
  private @Nullable Subscription body;
  private @Nullable Failure failure;
  private long wanted;
  private boolean awaitingPiece;
  private boolean bodyEnded;
  private boolean passingOn;
  private boolean over;

  ClientRequests(ServiceRequestContext context, HttpRequest request, PayloadReader reader) {
    this.request = request;
    this.reader = reader;
    this.loop = context.eventLoop().withoutContext();
  }

  @Override
  public void listen(Listener to) {
    listener = to;
    request.subscribe(this, loop);
  }

  @Override
  public void request(int messages) {
    if (loop.inEventLoop()) {
      want(messages);
    } else {
      loop.execute(() -> want(messages));
    }
  }

  private void want(int messages) {
    wanted += messages;
    passOn();
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    body = subscription;
    passOn();
  }

  @Override
  public void onNext(HttpObject part) {
    awaitingPiece = false;
    if (part instanceof HttpData data && failure == null) {
      try {
        reader.read(data.array(), payloads::add);
      } catch (RefusedCallException e) {
        broken(e.failure());
      }
    }
    passOn();
  }

  @Override
  public void onComplete() {
    bodyEnded = true;
    if (failure == null) {
      try {
        reader.end(payloads::add);
      } catch (RefusedCallException e) {
        failure = e.failure();
      }
    }
    passOn();
  }

  @Override
  public void onError(Throwable cause) {
    // The client has gone, or its connection; nobody will read this.
    bodyEnded = true;
    failure = Failure.of(Failure.Code.UNAVAILABLE, "the client's stream broke off");
    passOn();
  }

  private void broken(Failure why) {
    failure = why;
    bodyEnded = true;
    if (body != null) {
      body.cancel();
    }
  }

  // A listener asks for more while it is told of the last one: the loop goes on, not deeper.
  private void passOn() {
    Listener to = listener;
    if (passingOn || over || to == null) {
      return;
    }
    passingOn = true;
    try {
      while (wanted > 0 && !payloads.isEmpty()) {
        wanted--;
        to.onNext(payloads.remove());
      }
    } finally {
      passingOn = false;
    }
    if (!payloads.isEmpty()) {
      return;
    }
    if (bodyEnded) {
      over = true;
      if (failure == null) {
        to.onEnd();
      } else {
        to.onFailure(failure);
      }
    } else if (body != null && !awaitingPiece) {
      awaitingPiece = true;
      body.request(1);
    }
  }
}
