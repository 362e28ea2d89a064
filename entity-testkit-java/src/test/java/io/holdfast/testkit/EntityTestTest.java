// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Empty;
import io.grpc.Status;
import io.holdfast.sdk.stored.StoredValueException;
import io.holdfast.testkit.TallyEntity.Added;
import io.holdfast.testkit.TallyEntity.Event;
import io.holdfast.testkit.TallyEntity.Sum;
import io.holdfast.testkit.testproto.AddRequest;
import io.holdfast.testkit.testproto.TallyGrpc;
import io.holdfast.testkit.testproto.TotalRequest;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EntityTestTest {

  private final EntityTest<TallyEntity, Sum, Event> tally = EntityTest.of(TallyEntity.described());

  @Test
  void a_command_by_method_reference_shows_reply_events_and_state() {
    var result = tally.given(new Added(2, "")).when(TallyEntity::add, add(3));
    assertThat(result.reply()).isEqualTo(Empty.getDefaultInstance());
    assertThat(result.events()).containsExactly(new Added(3, ""), new Added(1, "extra"));
    assertThat(result.state()).isEqualTo(new Sum(6));
  }

  @Test
  void a_command_by_rpc_goes_to_the_registered_handler() {
    var result =
        tally
            .given(new Added(2, ""))
            .withId("t7")
            .withMetadata(Map.of("X-User", "ann"))
            .when(TallyGrpc.getTotalMethod(), TotalRequest.getDefaultInstance());
    assertThat(result.reply().getTotal()).isEqualTo(2);
    assertThat(result.reply().getSeen()).isEqualTo("t7 1 ann");
    assertThat(result.events()).isEmpty();
  }

  @Test
  void a_handler_with_a_context_is_called_by_method_reference_too() {
    var result =
        tally.givenState(new Sum(5)).when(TallyEntity::total, TotalRequest.getDefaultInstance());
    assertThat(result.reply().getTotal()).isEqualTo(5);
    assertThat(result.reply().getSeen()).isEqualTo("test 0 nobody");
  }

  @Test
  void commands_follow_one_another() {
    var result = tally.when(TallyEntity::add, add(1)).then().when(TallyEntity::add, add(1));
    assertThat(result.state()).isEqualTo(new Sum(4));
  }

  @Test
  void a_refusal_stores_nothing() {
    var result = tally.when(TallyEntity::add, add(-1));
    assertThat(result.refusal()).isEqualTo(new Refusal(Status.Code.OUT_OF_RANGE, "only upwards"));
    assertThat(result.isRefused()).isTrue();
    assertThat(result.events()).isEmpty();
    assertThatThrownBy(result::reply)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("OUT_OF_RANGE (only upwards)");
  }

  @Test
  void a_refusal_that_did_not_come_is_an_assertion_error() {
    assertThatThrownBy(() -> tally.when(TallyEntity::add, add(1)).refusal())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("replied: Empty");
    assertThatThrownBy(() -> tally.when(TallyEntity::add, add(0)).refusal())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("said nothing");
  }

  @Test
  void an_event_that_does_not_survive_storage_fails_the_test() {
    assertThatThrownBy(() -> tally.when(TallyEntity::add, add(-2)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("event Traced")
        .hasMessageContaining("not equal");
  }

  @Test
  void a_saved_state_is_read_if_the_entity_reads_any() {
    assertThat(tally.givenStoredState("sum", "{\"total\":4}").state()).isEqualTo(new Sum(4));
    assertThatThrownBy(() -> tally.givenStoredState("sum", "{\"count\":4}"))
        .isInstanceOf(StoredValueException.class)
        .hasMessageContaining("total");
    var without = EntityTest.of(TallyEntity.described().withoutSnapshots());
    assertThatThrownBy(() -> without.givenStoredState("sum", "{\"total\":4}"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void an_event_of_an_old_shape_is_upgraded() {
    assertThat(tally.givenStored("added", "{\"amount\":3}").state()).isEqualTo(new Sum(3));
  }

  @Test
  void an_exception_of_the_handler_reaches_the_test() {
    assertThatThrownBy(() -> tally.when(TallyEntity::add, add(-3)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken");
  }

  private static AddRequest add(int amount) {
    return AddRequest.newBuilder().setId("t").setAmount(amount).build();
  }
}
