// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.eventsourced;

import akka.stream.Attributes;
import akka.stream.Inlet;
import akka.stream.SinkShape;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import com.google.protobuf.Any;
import io.holdfast.protocol.eventsourced.EventSourcedEvent;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.proxy.entity.actor.FunctionStream;
import io.holdfast.storage.v1.StoredEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends stored events to the function, no faster than its stream takes them. */
final class ReplaySink extends GraphStage<SinkShape<StoredEvent>> {

  private final Inlet<StoredEvent> in = Inlet.create("events");
  private final FunctionStream<EventSourcedStreamIn, ?> stream;
  private final Consumer<@Nullable Throwable> ended;

  /**
   * @param ended told that all events were sent, or why not
   */
  ReplaySink(FunctionStream<EventSourcedStreamIn, ?> stream, Consumer<@Nullable Throwable> ended) {
    this.stream = stream;
    this.ended = ended;
  }

  @Override
  public SinkShape<StoredEvent> shape() {
    return SinkShape.of(in);
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic {

    Logic() {
      super(ReplaySink.this.shape());
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              stream.send(replayed(grab(in)));
              pullIfReady();
            }

            @Override
            public void onUpstreamFinish() {
              ended.accept(null);
              completeStage();
            }

            @Override
            public void onUpstreamFailure(Throwable cause) {
              ended.accept(cause);
              failStage(cause);
            }
          });
    }

    @Override
    public void preStart() {
      var ready = createAsyncCallback((FunctionStream<?, ?> any) -> pullIfReady());
      stream.whenReady(() -> ready.invoke(stream));
      pullIfReady();
    }

    private void pullIfReady() {
      if (stream.isReady() && !hasBeenPulled(in) && !isClosed(in)) {
        pull(in);
      }
    }
  }

  private static EventSourcedStreamIn replayed(StoredEvent event) {
    return EventSourcedStreamIn.newBuilder()
        .setEvent(
            EventSourcedEvent.newBuilder()
                .setSequence(event.getSequence())
                .setPayload(
                    Any.newBuilder().setTypeUrl(event.getTypeUrl()).setValue(event.getPayload())))
        .build();
  }
}
