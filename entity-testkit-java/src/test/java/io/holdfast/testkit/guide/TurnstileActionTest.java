// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status.Code;
import io.holdfast.sdk.Call;
import io.holdfast.testkit.ActionTest;
import io.holdfast.testkit.guide.counters.CountersGrpc;
import io.holdfast.testkit.guide.turnstiles.Passage;
import io.holdfast.testkit.guide.turnstiles.TicketRequest;
import io.holdfast.testkit.guide.turnstiles.TurnstilesGrpc;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TurnstileActionTest {

  private final ActionTest<TurnstileAction> turnstiles =
      ActionTest.of(TurnstileAction.turnstiles());

  @Test
  void a_passage_goes_to_the_counter() {
    var result = turnstiles.when(TurnstilesGrpc.getPassMethod(), passage("north", 2));
    assertThat(result.forward())
        .isEqualTo(
            Call.of(CountersGrpc.getCountMethod(), TurnstileAction.count(passage("north", 2))));
  }

  @Test
  void a_passage_through_no_turnstile_ends_the_stream() {
    var results =
        turnstiles.whenStreamed(
            TurnstilesGrpc.getPassEachMethod(),
            List.of(passage("north", 2), passage("north", 0), passage("", 1), passage("north", 3)));
    assertThat(results).hasSize(3);
    assertThat(results.get(0).forward().rpc()).isEqualTo("Count");
    assertThat(results.get(1)).hasToString("said nothing");
    assertThat(results.get(2).refusal().code()).isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void all_passages_are_added_up() {
    var passages = List.of(passage("north", 2), passage("south", 3));
    var result = turnstiles.when(TurnstilesGrpc.getPassAllMethod(), passages);
    assertThat(result.reply().getPersons()).isEqualTo(5);
  }

  @Test
  void tickets_are_printed_while_somebody_takes_them() {
    var request = TicketRequest.newBuilder().setTickets(2).build();
    var tickets = turnstiles.whenStreamed(TurnstilesGrpc.getPrintTicketsMethod(), request);
    assertThat(tickets).extracting(ticket -> ticket.reply().getNumber()).containsExactly(1, 2);
    assertThat(turnstiles.cancelled().whenStreamed(TurnstilesGrpc.getPrintTicketsMethod(), request))
        .isEmpty();
  }

  @Test
  void a_call_of_another_service_is_a_mistake_of_the_test() {
    assertThatThrownBy(
            () ->
                turnstiles.when(
                    CountersGrpc.getCountMethod(), TurnstileAction.count(passage("north", 1))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("is no rpc of com.example.turnstiles.Turnstiles");
  }

  @Test
  void one_message_is_needed_where_the_client_does_not_stream() {
    assertThatThrownBy(
            () -> turnstiles.whenStreamed(TurnstilesGrpc.getPrintTicketsMethod(), List.of()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("takes one message, not 0");
  }

  private static Passage passage(String turnstile, int persons) {
    return Passage.newBuilder().setTurnstile(turnstile).setPersons(persons).build();
  }
}
