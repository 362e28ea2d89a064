// SPDX-License-Identifier: Apache-2.0
package com.example.sensors;

import com.example.sensors.api.Measurement;
import com.example.sensors.api.Sensor;
import com.example.sensors.api.SensorId;
import io.grpc.Status.Code;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.ValueEntity;

/** One sensor, and what it has measured so far. */
public final class SensorEntity implements ValueEntity<Sensor> {

  @Override
  public Sensor emptyState() {
    return Sensor.getDefaultInstance();
  }

  Effect<Sensor> measure(Sensor sensor, Measurement measurement) {
    double celsius = measurement.getCelsius();
    boolean first = sensor.getMeasurements() == 0;
    return update(
            Sensor.newBuilder()
                .setSensorId(measurement.getSensorId())
                .setMeasurements(sensor.getMeasurements() + 1)
                .setLast(celsius)
                .setLowest(first ? celsius : Math.min(celsius, sensor.getLowest()))
                .setHighest(first ? celsius : Math.max(celsius, sensor.getHighest()))
                .build())
        .thenReplyFrom(updated -> updated);
  }

  ReadOnlyEffect<Sensor> getSensor(Sensor sensor, SensorId id) {
    return sensor.getMeasurements() == 0
        ? refuse(Code.NOT_FOUND, "nobody has heard of sensor " + id.getSensorId())
        : reply(sensor);
  }
}
