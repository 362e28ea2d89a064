// SPDX-License-Identifier: Apache-2.0
package com.example.sensors;

import com.example.sensors.api.Measurement;
import com.example.sensors.api.Reading;
import com.example.sensors.api.Sensor;
import com.example.sensors.api.SensorsGrpc;
import com.example.sensors.api.Summary;
import com.example.sensors.api.Unit;
import io.grpc.Status.Code;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.action.Action;
import io.holdfast.sdk.action.Elements;
import java.util.DoubleSummaryStatistics;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Takes what devices send, puts it into degrees Celsius and hands it to the sensor. Whatever is odd
 * about devices stays in here; the entity knows measurements only.
 */
public final class ReadingsAction implements Action {

  private static final double ABSOLUTE_ZERO = -273.15;

  ReadOnlyEffect<Sensor> report(Reading reading) {
    if (reading.getSensorId().isBlank()) {
      return refuse(Code.INVALID_ARGUMENT, "a reading needs a sensor");
    }
    if (!isPossible(reading)) {
      return refuse(Code.INVALID_ARGUMENT, "nothing is colder than absolute zero");
    }
    return forward(
        SensorsGrpc.getMeasureMethod(),
        Measurement.newBuilder()
            .setSensorId(reading.getSensorId())
            .setCelsius(celsius(reading))
            .build());
  }

  /** A device that sends one wrong reading among thousands shall not have to begin anew. */
  ReadOnlyEffect<Sensor> reportEach(Reading reading) {
    return reading.getSensorId().isBlank() || !isPossible(reading) ? skip() : report(reading);
  }

  CompletionStage<ReadOnlyEffect<Summary>> summarize(Elements<Reading> readings) {
    return readings
        .collect(
            Collectors.teeing(
                Collectors.counting(),
                Collectors.filtering(
                    ReadingsAction::isPossible,
                    Collectors.summarizingDouble(ReadingsAction::celsius)),
                ReadingsAction::summary))
        .thenApply(this::reply);
  }

  private static Summary summary(long readings, DoubleSummaryStatistics possible) {
    return Summary.newBuilder()
        .setReadings(readings)
        .setLeftOut(readings - possible.getCount())
        .setMeanCelsius(possible.getAverage())
        .build();
  }

  private static boolean isPossible(Reading reading) {
    return celsius(reading) >= ABSOLUTE_ZERO;
  }

  private static double celsius(Reading reading) {
    return reading.getUnit() == Unit.FAHRENHEIT
        ? (reading.getValue() - 32) * 5 / 9
        : reading.getValue();
  }
}
