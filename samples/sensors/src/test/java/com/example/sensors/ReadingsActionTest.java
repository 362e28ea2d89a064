// SPDX-License-Identifier: Apache-2.0
package com.example.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.sensors.api.Measurement;
import com.example.sensors.api.Reading;
import com.example.sensors.api.ReadingsGrpc;
import com.example.sensors.api.SensorsGrpc;
import com.example.sensors.api.Unit;
import io.grpc.Status.Code;
import io.holdfast.sdk.Call;
import io.holdfast.testkit.ActionTest;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReadingsActionTest {

  private static final Reading BOILING = reading("kettle", 212, Unit.FAHRENHEIT);
  private static final Reading IMPOSSIBLE = reading("kettle", -300, Unit.CELSIUS);

  private final ActionTest<ReadingsAction> readings = ActionTest.of(Main.readings());

  @Test
  void a_reading_goes_to_its_sensor_in_celsius() {
    var result = readings.when(ReadingsGrpc.getReportMethod(), BOILING);
    assertThat(result.forward()).isEqualTo(measured("kettle", 100));
  }

  @Test
  void a_reading_that_makes_no_sense_is_refused() {
    assertThat(readings.when(ReadingsGrpc.getReportMethod(), IMPOSSIBLE).refusal().code())
        .isEqualTo(Code.INVALID_ARGUMENT);
    var lost = readings.when(ReadingsGrpc.getReportMethod(), reading("", 20, Unit.CELSIUS));
    assertThat(lost.refusal().message()).isEqualTo("a reading needs a sensor");
  }

  @Test
  void in_a_stream_it_is_left_out() {
    var results =
        readings.whenStreamed(
            ReadingsGrpc.getReportAllMethod(),
            List.of(BOILING, IMPOSSIBLE, reading("fridge", 4, Unit.CELSIUS)));
    assertThat(results.get(0).forward()).isEqualTo(measured("kettle", 100));
    assertThat(results.get(1)).hasToString("said nothing");
    assertThat(results.get(2).forward()).isEqualTo(measured("fridge", 4));
  }

  @Test
  void a_stream_is_summed_up() {
    var summary =
        readings
            .when(
                ReadingsGrpc.getSummarizeMethod(),
                List.of(BOILING, IMPOSSIBLE, reading("fridge", 4, Unit.CELSIUS)))
            .reply();
    assertThat(summary.getReadings()).isEqualTo(3);
    assertThat(summary.getLeftOut()).isEqualTo(1);
    assertThat(summary.getMeanCelsius()).isEqualTo(52);
  }

  private static Call measured(String sensor, double celsius) {
    return Call.of(
        SensorsGrpc.getMeasureMethod(),
        Measurement.newBuilder().setSensorId(sensor).setCelsius(celsius).build());
  }

  private static Reading reading(String sensor, double value, Unit unit) {
    return Reading.newBuilder().setSensorId(sensor).setValue(value).setUnit(unit).build();
  }
}
