// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.readings;

import io.grpc.Status.Code;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.action.Action;
import io.holdfast.sdk.action.ActionContext;
import io.holdfast.sdk.action.Actions;
import io.holdfast.sdk.action.Elements;
import io.holdfast.sdk.testproto.Reading;
import io.holdfast.sdk.testproto.ReadingsGrpc;
import io.holdfast.sdk.testproto.Summary;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One handler of each shape. */
public final class ReadingsAction implements Action {

  /** Every rpc with its handler. */
  public static Actions<ReadingsAction> described() {
    return except("");
  }

  /** Every rpc but one, which the test handles. */
  public static Actions<ReadingsAction> except(String rpc) {
    var actions = Actions.service(ReadingsGrpc.getServiceDescriptor(), new ReadingsAction());
    if (!rpc.equals("Convert")) {
      actions.on(ReadingsGrpc.getConvertMethod(), ReadingsAction::convert);
    }
    if (!rpc.equals("Sum")) {
      actions.onStreamedIn(ReadingsGrpc.getSumMethod(), ReadingsAction::sum);
    }
    if (!rpc.equals("CountDown")) {
      actions.onStreamedOut(ReadingsGrpc.getCountDownMethod(), ReadingsAction::countDown);
    }
    if (!rpc.equals("Transform")) {
      actions.onEach(ReadingsGrpc.getTransformMethod(), ReadingsAction::transform);
    }
    return actions;
  }

  /** A reading of so many degrees. */
  public static Reading reading(int degrees) {
    return Reading.newBuilder().setSensor("s1").setDegrees(degrees).build();
  }

  public ReadOnlyEffect<Reading> convert(Reading reading) {
    if (reading.getSensor().isEmpty()) {
      return refuse(Code.INVALID_ARGUMENT, "a sensor is needed");
    }
    return reply(reading(reading.getDegrees() * 2));
  }

  public CompletionStage<ReadOnlyEffect<Summary>> sum(Elements<Reading> readings) {
    return readings
        .collect(Collectors.summarizingInt(Reading::getDegrees))
        .thenApply(
            all ->
                reply(
                    Summary.newBuilder()
                        .setReadings((int) all.getCount())
                        .setDegrees((int) all.getSum())
                        .build()));
  }

  public Elements<ReadOnlyEffect<Reading>> countDown(Reading from) {
    return Elements.from(
        IntStream.rangeClosed(1, from.getDegrees())
            .mapToObj(i -> reply(reading(from.getDegrees() - i))));
  }

  public ReadOnlyEffect<Reading> transform(Reading reading, ActionContext context) {
    if (reading.getDegrees() < 0) {
      return refuse(Code.OUT_OF_RANGE, "too cold for " + context.command());
    }
    return reading.getDegrees() == 13
        ? forward(ReadingsGrpc.getConvertMethod(), reading)
        : reply(reading(reading.getDegrees() + 1));
  }
}
