// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Empty;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.holdfast.testkit.guide.counters.CountersGrpc;
import io.holdfast.testkit.guide.counters.ReadRequest;
import io.holdfast.testkit.guide.turnstiles.Passage;
import io.holdfast.testkit.guide.turnstiles.Passed;
import io.holdfast.testkit.guide.turnstiles.TicketRequest;
import io.holdfast.testkit.guide.turnstiles.TurnstilesGrpc;
import io.holdfast.testkit.guide.turnstiles.TurnstilesGrpc.TurnstilesBlockingStub;
import io.holdfast.testkit.junit.HoldfastExtension;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Turnstiles and their counters, behind a real proxy. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TurnstilesTest {

  @RegisterExtension
  static final HoldfastExtension holdfast =
      HoldfastExtension.serving(TurnstileAction.turnstiles(), Counter.described());

  private final TurnstilesBlockingStub turnstiles =
      TurnstilesGrpc.newBlockingStub(holdfast.channel()).withWaitForReady();

  @Test
  void a_passage_is_counted_by_the_entity_it_is_forwarded_to() {
    var unused = turnstiles.pass(passage("one", 2));
    var again = turnstiles.pass(passage("one", 3));
    assertThat(again).isEqualTo(unused);
    assertThat(counted("one")).isEqualTo(5);
  }

  @Test
  void what_the_entity_refuses_the_client_is_told() {
    assertThatThrownBy(() -> turnstiles.pass(passage("two", -1)))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessage("INVALID_ARGUMENT: by must be positive");
  }

  @Test
  void what_the_action_refuses_the_client_is_told() {
    assertThatThrownBy(() -> turnstiles.pass(passage("", 1)))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessage("INVALID_ARGUMENT: which turnstile?");
  }

  @Test
  void each_passage_of_a_stream_is_counted_and_answered() {
    var client = new StreamingClient<Empty>();
    var passages =
        TurnstilesGrpc.newStub(holdfast.channel()).withWaitForReady().passEach(client.answers());
    passages.onNext(passage("three", 2));
    client.next();
    passages.onNext(passage("three", 0));
    passages.onNext(passage("three", 4));
    client.next();
    passages.onCompleted();
    assertThat(client.end()).isEqualTo(Status.OK);
    assertThat(counted("three")).isEqualTo(6);
  }

  @Test
  void a_refused_passage_ends_the_stream_and_those_before_stay_counted() {
    var client = new StreamingClient<Empty>();
    var passages =
        TurnstilesGrpc.newStub(holdfast.channel()).withWaitForReady().passEach(client.answers());
    passages.onNext(passage("four", 2));
    passages.onNext(passage("", 1));
    client.next();
    assertThat(client.end().getDescription()).isEqualTo("which turnstile?");
    assertThat(counted("four")).isEqualTo(2);
  }

  @Test
  void no_passage_begins_behind_one_that_an_entity_refuses() {
    for (int round = 0; round < 20; round++) {
      String one = "seven" + round;
      String other = "eight" + round;
      var client = new StreamingClient<Empty>();
      var passages =
          TurnstilesGrpc.newStub(holdfast.channel()).withWaitForReady().passEach(client.answers());
      passages.onNext(passage(one, 40));
      passages.onNext(passage(one, -10));
      passages.onNext(passage(one, 50));
      passages.onNext(passage(other, 60));
      client.next();
      assertThat(client.end().getDescription()).isEqualTo("by must be positive");
      assertThat(counted(one)).isEqualTo(40);
      assertThat(counted(other)).isZero();
    }
  }

  @Test
  void what_a_client_streams_is_added_up() {
    var client = new StreamingClient<Passed>();
    var passages =
        TurnstilesGrpc.newStub(holdfast.channel()).withWaitForReady().passAll(client.answers());
    for (int i = 0; i < 1000; i++) {
      passages.onNext(passage("five", 3));
    }
    passages.onCompleted();
    assertThat(client.next().getPersons()).isEqualTo(3000);
    assertThat(client.end()).isEqualTo(Status.OK);
  }

  @Test
  void tickets_come_one_after_the_other() {
    var tickets = turnstiles.printTickets(TicketRequest.newBuilder().setTickets(1000).build());
    int number = 0;
    while (tickets.hasNext()) {
      number++;
      assertThat(tickets.next().getNumber()).isEqualTo(number);
    }
    assertThat(number).isEqualTo(1000);
  }

  private static int counted(String turnstile) {
    return CountersGrpc.newBlockingStub(holdfast.channel())
        .read(ReadRequest.newBuilder().setCounterId(turnstile).build())
        .getTotal();
  }

  private static Passage passage(String turnstile, int persons) {
    return Passage.newBuilder().setTurnstile(turnstile).setPersons(persons).build();
  }
}
