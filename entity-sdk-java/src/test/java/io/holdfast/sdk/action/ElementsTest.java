// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ElementsTest {

  private final Subscriber<Object> subscriber = new Subscriber<>();

  @Test
  void elements_come_as_they_are_asked_for() {
    var made = new AtomicInteger();
    Elements.from(Stream.generate(made::incrementAndGet)).subscribe(subscriber);
    assertThat(made).hasValue(0);
    subscriber.request(2);
    assertThat(subscriber.told).containsExactly(1, 2);
    assertThat(made).hasValue(2);
    subscriber.cancel();
    subscriber.request(1);
    assertThat(made).hasValue(2);
  }

  @Test
  void a_collection_may_be_read_often() {
    var elements = Elements.from(List.of("a", "b"));
    elements.subscribe(subscriber);
    subscriber.request(3);
    assertThat(subscriber.told).containsExactly("a", "b", "complete");
    var again = new Subscriber<>();
    elements.subscribe(again);
    again.request(1);
    assertThat(again.told).containsExactly("a");
  }

  @Test
  void a_stream_may_be_read_once() {
    var elements = Elements.from(Stream.of("a"));
    elements.subscribe(subscriber);
    var again = new Subscriber<>();
    elements.subscribe(again);
    assertThat(again.told).singleElement().isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_stream_is_closed_at_its_end_and_when_it_is_cancelled() {
    var closed = new AtomicInteger();
    Elements.from(Stream.of("a").onClose(closed::incrementAndGet)).subscribe(subscriber);
    subscriber.request(2);
    assertThat(closed).hasValue(1);
    Elements.from(Stream.of("a").onClose(closed::incrementAndGet)).subscribe(subscriber);
    subscriber.cancel();
    assertThat(closed).hasValue(2);
  }

  @Test
  void many_elements_do_not_go_deep() {
    var count =
        Elements.from(IntStream.range(0, 1_000_000).boxed())
            .filter(i -> i % 100_000 == 0)
            .map(i -> i / 100_000)
            .collect(Collectors.toList());
    assertThat(count.toCompletableFuture().join()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void a_step_that_throws_ends_the_stream() {
    var failure = new IllegalStateException("no");
    Elements.from(List.of(1, 2, 3))
        .map(
            i -> {
              if (i == 2) {
                throw failure;
              }
              return i;
            })
        .subscribe(subscriber);
    subscriber.request(5);
    assertThat(subscriber.told).containsExactly(1, failure);
  }

  @Test
  void an_iterator_that_throws_fails_what_is_collected() {
    var all =
        Elements.from(
                Stream.generate(
                    () -> {
                      throw new IllegalStateException("no");
                    }))
            .collect(Collectors.counting());
    assertThat(all.toCompletableFuture())
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .withMessageContaining("no");
  }

  @Test
  void asking_for_nothing_is_a_mistake() {
    Elements.from(List.of(1)).subscribe(subscriber);
    subscriber.request(0);
    assertThat(subscriber.told).singleElement().isInstanceOf(IllegalArgumentException.class);
  }

  private static final class Subscriber<E> implements Flow.Subscriber<E> {

    final List<Object> told = new ArrayList<>();
    private Flow.@Nullable Subscription subscription;

    void request(long n) {
      Objects.requireNonNull(subscription).request(n);
    }

    void cancel() {
      Objects.requireNonNull(subscription).cancel();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
    }

    @Override
    public void onNext(E element) {
      told.add(element);
    }

    @Override
    public void onError(Throwable failure) {
      told.add(failure);
    }

    @Override
    public void onComplete() {
      told.add("complete");
    }
  }
}
