// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.persistence.StoreException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Servers that come late, never, or are no use. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpeningTest {

  private static final Duration PAUSE = Duration.ofMillis(1);

  /** Fails as it is told, one attempt after the other, and succeeds then. */
  private static final class Script implements Opening.Attempt<String> {
    private final Queue<Exception> failures;
    private final BlockingQueue<String> released = new LinkedBlockingQueue<>();

    Script(Exception... failures) {
      this.failures = new ArrayDeque<>(List.of(failures));
    }

    @Override
    public String open() throws AwayException {
      Exception next = failures.poll();
      if (next instanceof AwayException away) {
        throw away;
      }
      if (next instanceof RuntimeException wrong) {
        throw wrong;
      }
      return "opened";
    }

    @Override
    public void release(String opened) {
      released.add(opened);
    }
  }

  private static AwayException away() {
    return new AwayException("The store is away.", new IllegalStateException());
  }

  private static StoreException wrong() {
    return new StoreException("Set something else.", null);
  }

  private static Opening<String> opening(Opening.Attempt<String> attempt) {
    return new Opening<>("The store", attempt, PAUSE);
  }

  @Test
  void a_server_that_is_there_is_used_at_once() {
    Opening<String> opening = opening(new Script());
    opening.start();

    assertThat(opening.get()).isEqualTo("opened");
  }

  @Test
  void a_server_that_comes_late_is_waited_for() throws Exception {
    Opening<String> opening = opening(new Script(away(), away(), away()));
    opening.start();

    assertThat(opening.opened().get(30, TimeUnit.SECONDS)).isEqualTo("opened");
    assertThat(opening.get()).isEqualTo("opened");
  }

  @Test
  void until_then_it_is_said_that_it_is_not_open() {
    Opening<String> opening = opening(new Script());

    assertThatThrownBy(opening::get)
        .isInstanceOf(StoreException.class)
        .hasMessage("The store is not open yet; try again later.");
  }

  @Test
  void a_wrong_setup_is_thrown_by_the_first_attempt() {
    Opening<String> opening = opening(new Script(wrong()));

    assertThatThrownBy(opening::start).hasMessage("Set something else.");
  }

  @Test
  void a_setup_that_proves_wrong_later_ends_the_wait() {
    Opening<String> opening = opening(new Script(away(), wrong()));
    opening.start();

    assertThatThrownBy(() -> opening.opened().get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StoreException.class)
        .hasMessageContaining("Set something else.");
  }

  @Test
  void a_defect_ends_the_wait_instead_of_its_thread() {
    Opening<String> opening = opening(new Script(away(), new IllegalStateException("defect")));
    opening.start();

    assertThatThrownBy(() -> opening.opened().get(30, TimeUnit.SECONDS))
        .hasMessageContaining("defect");
  }

  @Test
  void closing_ends_the_wait() {
    Opening<String> opening = opening(new Script());
    opening.close();

    assertThat(opening.opened()).isCompletedExceptionally();
    assertThatThrownBy(opening::get).hasMessageContaining("The store is closed");
  }

  @Test
  void closing_releases_what_was_opened() {
    var script = new Script();
    Opening<String> opening = opening(script);
    opening.start();
    opening.close();

    assertThat(script.released).containsExactly("opened");
  }

  @Test
  void what_an_attempt_opens_after_closing_is_released() throws Exception {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var released = new CountDownLatch(1);
    Opening<String> opening =
        opening(
            new Opening.Attempt<>() {
              @Override
              public String open() {
                begun.countDown();
                try {
                  goOn.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                return "late";
              }

              @Override
              public void release(String opened) {
                released.countDown();
              }
            });
    var starting = new Thread(opening::start);
    starting.start();
    begun.await();
    opening.close();
    goOn.countDown();

    assertThat(released.await(30, TimeUnit.SECONDS)).isTrue();
    starting.join();
  }
}
