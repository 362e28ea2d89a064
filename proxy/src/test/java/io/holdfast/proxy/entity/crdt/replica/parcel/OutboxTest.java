// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt.replica.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OutboxTest {

  private static final ByteString SIX = ByteString.copyFromUtf8("sixsix");

  private long now = Long.MAX_VALUE - 1;
  private final Outbox outbox = new Outbox(10, Duration.ofNanos(5), () -> now, -2);

  @Test
  void what_has_no_room_is_not_kept_and_what_is_kept_stays() {
    long first = outbox.put(SIX);
    assertThat(outbox.put(SIX)).isEqualTo(Parcel.NOWHERE);
    assertThat(outbox.get(first)).isEqualTo(SIX);
    outbox.remove(first);
    assertThat(outbox.get(first)).isNull();
    assertThat(outbox.get(outbox.put(SIX))).isEqualTo(SIX);
  }

  @Test
  void one_message_has_room_however_large_it_is() {
    var twelve = SIX.concat(SIX);
    assertThat(outbox.get(outbox.put(twelve))).isEqualTo(twelve);
    assertThat(outbox.put(SIX)).isEqualTo(Parcel.NOWHERE);
  }

  @Test
  void what_nobody_fetches_gives_way_after_a_while() {
    long first = outbox.put(SIX);
    now += 5;
    long second = outbox.put(SIX);
    assertThat(outbox.get(first)).isNull();
    assertThat(outbox.get(second)).isEqualTo(SIX);
  }

  @Test
  void no_message_gets_the_id_that_means_none() {
    long first = outbox.put(SIX);
    outbox.remove(first);
    assertThat(first).isEqualTo(-1);
    assertThat(outbox.put(SIX)).isEqualTo(1);
  }
}
