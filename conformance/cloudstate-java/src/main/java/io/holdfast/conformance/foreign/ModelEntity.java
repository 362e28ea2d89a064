// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.foreign;

import com.google.protobuf.Empty;
import io.cloudstate.javasupport.eventsourced.CommandContext;
import io.cloudstate.javasupport.eventsourced.CommandHandler;
import io.cloudstate.javasupport.eventsourced.EventHandler;
import io.cloudstate.javasupport.eventsourced.EventSourcedEntity;
import io.cloudstate.javasupport.eventsourced.Snapshot;
import io.cloudstate.javasupport.eventsourced.SnapshotHandler;
import io.holdfast.conformance.model.Appended;
import io.holdfast.conformance.model.Request;
import io.holdfast.conformance.model.Response;
import io.holdfast.conformance.model.Step;
import io.holdfast.conformance.model.Text;

/** The model's event-sourced entity, written for the Cloudstate library, without going onward. */
@EventSourcedEntity(persistenceId = "model", snapshotEvery = 5)
public final class ModelEntity {

  private String text = "";

  @Snapshot
  public Text snapshot() {
    return Text.newBuilder().setText(text).build();
  }

  @SnapshotHandler
  public void restore(Text snapshot) {
    text = snapshot.getText();
  }

  @EventHandler
  public void appended(Appended event) {
    text += event.getText();
  }

  @CommandHandler
  public Response process(Request request, CommandContext context) {
    var after = new StringBuilder(text);
    for (Step step : request.getStepsList()) {
      if (step.getStepCase() == Step.StepCase.APPEND) {
        context.emit(Appended.newBuilder().setText(step.getAppend()).build());
        after.append(step.getAppend());
      } else if (step.getStepCase() == Step.StepCase.FAIL) {
        throw context.fail(step.getFail());
      } else if (step.getStepCase() == Step.StepCase.CRASH) {
        throw new IllegalStateException(step.getCrash());
      }
    }
    return Response.newBuilder().setText(after.toString()).build();
  }

  @CommandHandler
  public Empty touch(Request request) {
    return Empty.getDefaultInstance();
  }
}
