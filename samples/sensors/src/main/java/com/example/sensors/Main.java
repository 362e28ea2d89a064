// SPDX-License-Identifier: Apache-2.0
package com.example.sensors;

import com.example.sensors.api.ReadingsGrpc;
import com.example.sensors.api.Sensor;
import com.example.sensors.api.SensorsGrpc;
import io.holdfast.sdk.Function;
import io.holdfast.sdk.Value;
import io.holdfast.sdk.action.Actions;

/** Serves sensors, and the readings that are sent to them. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    Function.serve(readings(), sensor());
  }

  /** Which handler serves which rpc of the action. */
  static Actions<ReadingsAction> readings() {
    return Actions.service(ReadingsGrpc.getServiceDescriptor(), new ReadingsAction())
        .on(ReadingsGrpc.getReportMethod(), ReadingsAction::report)
        .onEach(ReadingsGrpc.getReportAllMethod(), ReadingsAction::reportEach)
        .onStreamedIn(ReadingsGrpc.getSummarizeMethod(), ReadingsAction::summarize)
        .handlersNeverBlock();
  }

  /** Which handler serves which rpc of the entity. */
  static Value<SensorEntity, Sensor> sensor() {
    return Value.entity("sensor", SensorsGrpc.getServiceDescriptor(), SensorEntity::new)
        .on(SensorsGrpc.getMeasureMethod(), SensorEntity::measure)
        .on(SensorsGrpc.getGetSensorMethod(), SensorEntity::getSensor)
        .handlersNeverBlock();
  }
}
