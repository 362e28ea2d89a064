// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.eventsourced;

import akka.stream.Attributes;
import akka.stream.Inlet;
import akka.stream.SinkShape;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import com.google.protobuf.Any;
import io.holdfast.persistence.StoreException;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.proxy.entity.MessageFit;
import io.holdfast.proxy.entity.actor.FunctionStream;
import io.holdfast.storage.v1.StoredEvent;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends stored events to the function, no faster than its stream takes them. Fails when one is
 * missing: the state would be wrong, and so would every later event.
 */
final class ReplaySink extends GraphStage<SinkShape<StoredEvent>> {

  private final String persistenceId;
  private final long first;
  private final long last;
  private final int bytesMax;
  private final Inlet<StoredEvent> in = Inlet.create("events");
  private final FunctionStream<EventSourcedStreamIn, ?> stream;
  private final Consumer<@Nullable Throwable> ended;

  /**
   * @param first the number of the event that has to come first
   * @param last that of the last
   * @param bytesMax the largest message that the function takes
   * @param ended told that all events were sent, or why not
   */
  ReplaySink(
      String persistenceId,
      long first,
      long last,
      int bytesMax,
      FunctionStream<EventSourcedStreamIn, ?> stream,
      Consumer<@Nullable Throwable> ended) {
    this.persistenceId = persistenceId;
    this.first = first;
    this.last = last;
    this.bytesMax = bytesMax;
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

    private long next = first;

    Logic() {
      super(ReplaySink.this.shape());
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              StoredEvent event = grab(in);
              if (event.getSequence() != next) {
                onUpstreamFailure(missing(next));
                return;
              }
              EventSourcedStreamIn message = replayed(event);
              Optional<String> tooLarge = MessageFit.tooLarge("a stored event", message, bytesMax);
              if (tooLarge.isPresent()) {
                onUpstreamFailure(new StoreException(tooLarge.get(), null));
                return;
              }
              next++;
              stream.send(message);
              pullIfReady();
            }

            @Override
            public void onUpstreamFinish() {
              ended.accept(next > last ? null : missing(next));
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

  private StoreException missing(long event) {
    return new StoreException(
        "Event "
            + event
            + " of "
            + persistenceId
            + " is missing, of events "
            + first
            + " to "
            + last
            + " that its state is made from; restore the store from a backup.",
        null);
  }

  private static EventSourcedStreamIn replayed(StoredEvent event) {
    return EventSourcedWords.event(
        event.getSequence(),
        Any.newBuilder().setTypeUrl(event.getTypeUrl()).setValue(event.getPayload()).build());
  }
}
