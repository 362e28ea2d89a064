// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.action;

import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Predicate;
import java.util.stream.Collector;
import java.util.stream.Stream;

/**
 * A stream of elements that come as fast as whoever reads them asks for, and no faster. It is a
 * {@link Flow.Publisher}, which libraries for reactive streams take and give, with what an action
 * needs most often built in.
 *
 * <p>Nothing happens before it is subscribed to. What a client streams can be subscribed to once.
 *
 * @param <E> the elements
 */
@FunctionalInterface
public interface Elements<E> extends Flow.Publisher<E> {

  /** What becomes of an element. May throw, which fails the stream. */
  @FunctionalInterface
  interface Step<E, F> {
    F apply(E element) throws Exception;
  }

  /**
   * The elements of a collection, or of anything that can be iterated, once for each subscriber.
   * The iterator is asked when an element is due, on a thread that may block.
   */
  static <E> Elements<E> from(Iterable<? extends E> elements) {
    Objects.requireNonNull(elements, "elements");
    return subscriber -> IteratorSubscription.start(subscriber, elements::iterator, () -> {});
  }

  /**
   * The elements of a stream, for one subscriber. The stream is read as elements are due, on a
   * thread that may block, and closed at the end.
   */
  static <E> Elements<E> from(Stream<? extends E> elements) {
    Objects.requireNonNull(elements, "elements");
    return subscriber ->
        IteratorSubscription.start(subscriber, elements::iterator, elements::close);
  }

  /** What another library publishes. */
  static <E> Elements<E> from(Flow.Publisher<E> publisher) {
    return publisher instanceof Elements<E> elements ? elements : publisher::subscribe;
  }

  /** Another element in the place of each. */
  default <F> Elements<F> map(Step<? super E, ? extends F> step) {
    Objects.requireNonNull(step, "step");
    return subscriber ->
        subscribe(
            new StepSubscriber<E, F>(
                subscriber,
                element -> Objects.requireNonNull(step.apply(element), "a step gave null")));
  }

  /** Only those that pass. */
  default Elements<E> filter(Predicate<? super E> passes) {
    Objects.requireNonNull(passes, "passes");
    return subscriber ->
        subscribe(
            new StepSubscriber<E, E>(subscriber, element -> passes.test(element) ? element : null));
  }

  /**
   * All of them in one, once they have ended; subscribes at once. Fails as they fail.
   *
   * <pre>{@code readings.collect(Collectors.counting()).thenApply(count -> reply(…))}</pre>
   */
  default <A, R> CompletionStage<R> collect(Collector<? super E, A, R> collector) {
    var all = new CollectingSubscriber<E, A, R>(collector);
    subscribe(all);
    return all.result();
  }
}
