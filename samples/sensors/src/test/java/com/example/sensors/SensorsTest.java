// SPDX-License-Identifier: Apache-2.0
package com.example.sensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.sensors.api.Reading;
import com.example.sensors.api.ReadingsGrpc;
import com.example.sensors.api.ReadingsGrpc.ReadingsBlockingStub;
import com.example.sensors.api.Sensor;
import com.example.sensors.api.SensorId;
import com.example.sensors.api.SensorsGrpc;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.holdfast.testkit.junit.HoldfastExtension;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Readings and sensors as their clients see them, behind a real proxy. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SensorsTest {

  @RegisterExtension
  static final HoldfastExtension holdfast =
      HoldfastExtension.serving(Main.readings(), Main.sensor());

  private final ReadingsBlockingStub readings =
      ReadingsGrpc.newBlockingStub(holdfast.channel()).withWaitForReady();

  @Test
  void a_reading_is_answered_by_its_sensor() {
    readings.report(reading("one", 20));
    var sensor = readings.report(reading("one", 18));
    assertThat(sensor.getMeasurements()).isEqualTo(2);
    assertThat(sensor.getLast()).isEqualTo(18);
    assertThat(sensor.getHighest()).isEqualTo(20);
  }

  @Test
  void each_reading_of_a_stream_is_answered_and_what_makes_no_sense_is_left_out() throws Exception {
    var answers = new Answers();
    var stream = ReadingsGrpc.newStub(holdfast.channel()).withWaitForReady().reportAll(answers);
    for (int i = 1; i <= 100; i++) {
      stream.onNext(reading(i % 2 == 0 ? "even" : "odd", i));
      stream.onNext(reading("even", -1000));
    }
    stream.onCompleted();
    var all = answers.end.get(20, TimeUnit.SECONDS);
    assertThat(all).extracting(Sensor::getLast).startsWith(1.0, 2.0, 3.0).hasSize(100);
    assertThat(sensor("even").getMeasurements()).isEqualTo(50);
    assertThat(sensor("odd").getHighest()).isEqualTo(99);
  }

  @Test
  void a_stream_may_be_sent_over_http_a_line_for_each_reading() throws Exception {
    var lines = "{\"sensorId\":\"web\",\"value\":1}\n{\"sensorId\":\"web\",\"value\":3}\n";
    var response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(holdfast.http().resolve("/readings/summary"))
                    .header("content-type", "application/x-ndjson")
                    .POST(BodyPublishers.ofString(lines))
                    .build(),
                BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo("{\"readings\":\"2\",\"leftOut\":\"0\",\"meanCelsius\":2.0}");
  }

  @Test
  void what_makes_no_sense_is_refused_where_it_comes_alone() {
    assertThatThrownBy(() -> readings.report(reading("cold", -1000)))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessage("INVALID_ARGUMENT: nothing is colder than absolute zero");
    assertThatThrownBy(() -> sensor("cold"))
        .hasMessage("NOT_FOUND: nobody has heard of sensor cold");
  }

  @Test
  void what_a_sensor_has_measured_outlives_both_processes() {
    readings.report(reading("kept", 5));
    holdfast.restartProxy();
    holdfast.restartFunction();
    assertThat(readings.report(reading("kept", 7)).getLowest()).isEqualTo(5);
  }

  private static Sensor sensor(String id) {
    return SensorsGrpc.newBlockingStub(holdfast.channel())
        .getSensor(SensorId.newBuilder().setSensorId(id).build());
  }

  private static Reading reading(String sensor, double celsius) {
    return Reading.newBuilder().setSensorId(sensor).setValue(celsius).build();
  }

  private static final class Answers implements StreamObserver<Sensor> {

    final CompletableFuture<List<Sensor>> end = new CompletableFuture<>();
    private final List<Sensor> all = new ArrayList<>();

    @Override
    public void onNext(Sensor sensor) {
      all.add(sensor);
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      end.complete(all);
    }
  }
}
