// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.holdfast.sdk.Call;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.SideEffect;
import io.holdfast.testkit.LabelEntity.Label;
import io.holdfast.testkit.testproto.AddRequest;
import io.holdfast.testkit.testproto.LabelId;
import io.holdfast.testkit.testproto.LabelsGrpc;
import io.holdfast.testkit.testproto.TallyGrpc;
import io.holdfast.testkit.testproto.TotalRequest;
import io.holdfast.testkit.testproto.WriteRequest;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ValueEntityTestTest {

  private static final LabelId ID = LabelId.getDefaultInstance();

  private final ValueEntityTest<LabelEntity, Label> label = EntityTest.of(LabelEntity.described());

  @Test
  void an_update_shows_reply_and_state() {
    var result = label.givenState(new Label("old")).when(LabelEntity::write, write("new"));
    assertThat(result.reply().getText()).isEqualTo("new");
    assertThat(result.state()).isEqualTo(new Label("new"));
    assertThat(result.isUpdated()).isTrue();
    assertThat(result.isDeleted()).isFalse();
  }

  @Test
  void a_deletion_leads_to_the_empty_state() {
    var result = label.givenState(new Label("old")).when(LabelEntity::erase, ID);
    assertThat(result.isDeleted()).isTrue();
    assertThat(result.isUpdated()).isFalse();
    assertThat(result.state()).isEqualTo(new Label(""));
    assertThat(result.then().when(LabelEntity::erase, ID).isDeleted()).isFalse();
  }

  @Test
  void a_command_by_rpc_goes_to_the_registered_handler() {
    var result =
        label
            .givenState(new Label("old"))
            .withId("l7")
            .withMetadata(Map.of("x-user", "ann"))
            .when(LabelsGrpc.getReadMethod(), ID);
    assertThat(result.reply().getText()).isEqualTo("l7 old 0 ann");
    assertThat(result.isUpdated()).isFalse();
    assertThat(result.state()).isEqualTo(new Label("old"));
  }

  @Test
  void a_handler_with_a_context_is_called_by_method_reference_too() {
    assertThat(label.when(LabelEntity::read, ID).reply().getText()).isEqualTo("test  0 nobody");
  }

  @Test
  void a_refusal_changes_nothing() {
    var result = label.givenState(new Label("old")).when(LabelEntity::write, write(""));
    assertThat(result.refusal())
        .isEqualTo(new Refusal(Status.Code.INVALID_ARGUMENT, "a text is needed"));
    assertThat(result.isRefused()).isTrue();
    assertThat(result.isUpdated()).isFalse();
    assertThat(result.state()).isEqualTo(new Label("old"));
  }

  @Test
  void a_value_of_an_old_shape_is_upgraded() {
    assertThat(label.givenStored("label", "{\"text\":\"old\"}").state())
        .isEqualTo(new Label("old"));
  }

  @Test
  void a_state_that_does_not_survive_storage_fails_the_test() {
    assertThatThrownBy(() -> label.when(LabelEntity::write, write("marked")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("state Label")
        .hasMessageContaining("not equal");
  }

  @Test
  void a_forward_shows_where_it_goes_and_what_goes_along() {
    var result = label.when(LabelEntity::write, write("tallied"));
    assertThat(result.forward())
        .isEqualTo(
            Call.of(LabelsGrpc.getWriteMethod(), write("x"))
                .withMetadata(Metadata.empty().with("x-step", "2")));
    assertThat(result.sideEffects())
        .containsExactly(
            SideEffect.also(TallyGrpc.getAddMethod(), AddRequest.getDefaultInstance()),
            SideEffect.awaited(TallyGrpc.getTotalMethod(), TotalRequest.getDefaultInstance()));
    assertThat(result.isUpdated()).isTrue();
    assertThatThrownBy(result::reply)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("forwarded: Call")
        .hasMessageContaining("side effects: ");
  }

  @Test
  void a_forward_that_did_not_come_is_an_assertion_error() {
    assertThatThrownBy(() -> label.when(LabelEntity::write, write("new")).forward())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("replied: LabelText");
  }

  @Test
  void a_reply_shows_its_headers() {
    var headers = Metadata.empty().with("x-user", "ann").with("x-user", "bob");
    var result = label.withMetadata(headers).when(LabelEntity::read, ID);
    assertThat(result.metadata()).isEqualTo(headers);
    assertThat(result.sideEffects()).isEmpty();
  }

  @Test
  void an_effect_of_an_event_sourced_entity_fails_the_test() {
    assertThatThrownBy(() -> label.when(LabelEntity::write, write("event")))
        .isInstanceOf(AssertionError.class)
        .hasMessage("a value entity stores no events: update or delete it");
  }

  private static WriteRequest write(String text) {
    return WriteRequest.newBuilder().setId("l").setText(text).build();
  }
}
