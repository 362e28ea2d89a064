// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorRef;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The holder is the test: it has what was asked for, and gives it as it likes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FetchingTest {

  private static final int SIZE = 6 * Fetching.PART_BYTES + 10;

  private final ByteString content = random();
  private final List<Asked> asked = new ArrayList<>();
  private long now;
  private final Fetching fetching =
      new Fetching(
          new Fetch(
              new Reference(ActorRef.noSender(), 1, SIZE), Fetch.Of.COMMAND, ActorRef.noSender()),
          (offset, length) -> asked.add(new Asked(offset, length)),
          () -> now);

  private record Asked(int offset, int length) {}

  private static ByteString random() {
    var bytes = new byte[SIZE];
    new Random(1).nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private void give(Asked part) {
    fetching.take(part.offset(), content.substring(part.offset(), part.offset() + part.length()));
  }

  private Asked next() {
    return asked.remove(0);
  }

  @Test
  void asks_for_a_few_parts_at_a_time_and_puts_them_together() {
    fetching.begin();
    while (!fetching.complete()) {
      assertThat(asked).hasSizeBetween(1, Fetching.WINDOW);
      // The last that was asked for comes first.
      give(asked.remove(asked.size() - 1));
    }
    assertThat(asked).isEmpty();
    assertThat(ByteString.copyFrom(fetching.bytes())).isEqualTo(content);
  }

  @Test
  void asks_again_for_what_got_lost() {
    fetching.begin();
    Asked lost = next();
    Asked second = next();
    give(second);
    now = 1_000;
    fetching.askAgain(1_001);
    assertThat(asked).doesNotContain(lost);
    fetching.askAgain(1_000);
    assertThat(asked).contains(lost).doesNotContain(second);
    int before = asked.size();
    fetching.askAgain(1_000);
    assertThat(asked).as("not at once once more").hasSize(before);
    while (!fetching.complete()) {
      give(next());
    }
    assertThat(ByteString.copyFrom(fetching.bytes())).isEqualTo(content);
  }

  @Test
  void a_part_that_comes_twice_or_was_not_asked_for_counts_for_nothing() {
    fetching.begin();
    Asked first = next();
    give(first);
    int before = asked.size();
    give(first);
    fetching.take(first.offset(), ByteString.copyFromUtf8("short"));
    fetching.take(7, content.substring(7, 9));
    fetching.take(-Fetching.PART_BYTES, content.substring(0, Fetching.PART_BYTES));
    fetching.take(6 * Fetching.PART_BYTES, content.substring(0, 10));
    assertThat(asked).hasSize(before);
    while (!fetching.complete()) {
      give(next());
    }
    assertThat(ByteString.copyFrom(fetching.bytes())).isEqualTo(content);
  }

  @Test
  void knows_how_long_nothing_has_come() {
    fetching.begin();
    now = 300;
    assertThat(fetching.stalledNanos()).isEqualTo(300);
    give(next());
    assertThat(fetching.stalledNanos()).isZero();
  }
}
