// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import com.google.protobuf.Empty;
import io.grpc.Status;
import io.holdfast.sdk.CommandContext;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.StoredAs;
import io.holdfast.sdk.Value;
import io.holdfast.sdk.ValueEntity;
import io.holdfast.testkit.LabelEntity.Label;
import io.holdfast.testkit.testproto.AddRequest;
import io.holdfast.testkit.testproto.LabelId;
import io.holdfast.testkit.testproto.LabelText;
import io.holdfast.testkit.testproto.LabelsGrpc;
import io.holdfast.testkit.testproto.TallyGrpc;
import io.holdfast.testkit.testproto.TotalRequest;
import io.holdfast.testkit.testproto.WriteRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds a text. */
final class LabelEntity implements ValueEntity<Label> {

  /** Its marks are equal only to themselves. */
  @StoredAs("label.v2")
  record Label(String text, List<AtomicInteger> marks) {
    Label(String text) {
      this(text, List.of());
    }
  }

  static Value<LabelEntity, Label> described() {
    return Value.entity("label", LabelsGrpc.getServiceDescriptor(), LabelEntity::new)
        .on(LabelsGrpc.getWriteMethod(), LabelEntity::write)
        .on(LabelsGrpc.getReadMethod(), LabelEntity::read)
        .on(LabelsGrpc.getEraseMethod(), LabelEntity::erase)
        .upgrade(
            "label",
            "label.v2",
            old -> {
              old.putArray("marks");
              return old;
            });
  }

  @Override
  public Label emptyState() {
    return new Label("");
  }

  Effect<LabelText> write(Label label, WriteRequest command) {
    return switch (command.getText()) {
      case "" -> refuse(Status.Code.INVALID_ARGUMENT, "a text is needed");
      case "marked" ->
          update(new Label("marked", List.of(new AtomicInteger(1)))).thenReply(text("marked"));
      case "tallied" ->
          update(new Label("tallied"))
              .thenForward(LabelsGrpc.getWriteMethod(), command.toBuilder().setText("x").build())
              .withMetadata(Metadata.empty().with("x-step", "2"))
              .andAlso(TallyGrpc.getAddMethod(), AddRequest.getDefaultInstance())
              .andAwait(TallyGrpc.getTotalMethod(), TotalRequest.getDefaultInstance());
      case "event" ->
          new TallyEntity().persist(new TallyEntity.Added(1, "")).thenReply(text("event"));
      default ->
          update(new Label(command.getText())).thenReplyFrom(written -> text(written.text()));
    };
  }

  ReadOnlyEffect<LabelText> read(Label label, LabelId command, CommandContext context) {
    return reply(
            text(
                "%s %s %d %s"
                    .formatted(
                        context.entityId(),
                        label.text(),
                        context.sequence(),
                        context.metadata().text("x-user").orElse("nobody"))))
        .withMetadata(context.metadata());
  }

  Effect<Empty> erase(Label label, LabelId command) {
    return label.text().isEmpty() ? nothing() : delete().thenNothing();
  }

  private static LabelText text(String text) {
    return LabelText.newBuilder().setText(text).build();
  }
}
