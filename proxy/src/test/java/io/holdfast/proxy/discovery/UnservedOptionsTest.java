// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import static io.holdfast.proxy.discovery.ProtoFile.eventSourced;
import static io.holdfast.proxy.discovery.ProtoFile.key;
import static io.holdfast.proxy.discovery.ProtoFile.stringField;
import static io.holdfast.proxy.discovery.ProtoFile.unary;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.UnknownFieldSet;
import io.holdfast.protocol.EntityPassivationStrategy;
import io.holdfast.protocol.EntitySpec;
import io.holdfast.protocol.EventDestination;
import io.holdfast.protocol.EventSource;
import io.holdfast.protocol.Eventing;
import io.holdfast.protocol.EventingProto;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class UnservedOptionsTest {

  @Test
  void says_nothing_of_a_function_that_asks_for_nothing_special() {
    assertThat(unserved(ProtoFile.cart().spec(eventSourced("Cart", "")))).isEmpty();
  }

  @Test
  void names_each_method_that_subscribes_or_publishes() {
    var log = EventSource.newBuilder().setConsumerGroup("g").setEventLog("cart");
    var topic = EventSource.newBuilder().setTopic("orders");
    var out = EventDestination.newBuilder().setTopic("mails");

    assertThat(
            unserved(
                service(
                    eventing("OnEvent", Eventing.newBuilder().setIn(log)),
                    eventing("Both", Eventing.newBuilder().setIn(topic).setOut(out)))))
        .satisfiesExactly(
            said -> assertThat(said).contains("test.S.OnEvent", "the events of cart"),
            said -> assertThat(said).contains("test.S.Both", "the topic orders"),
            said -> assertThat(said).contains("test.S.Both", "the topic mails"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1080, 1082, 1099, 74_400, 74_403, 74_499})
  void names_options_of_later_releases_by_their_numbers(int number) {
    assertThat(unserved(service(unknown("Do", number))))
        .singleElement()
        .asString()
        .contains("test.S.Do", Integer.toString(number));
  }

  @ParameterizedTest
  @ValueSource(ints = {1079, 1100, 50_002, 74_399, 74_500, 100_000})
  void leaves_the_options_of_others_alone(int number) {
    assertThat(unserved(service(unknown("Do", number)))).isEmpty();
  }

  @Test
  void names_unknown_options_of_request_fields() {
    FieldDescriptorProto.Builder field =
        stringField("attempt", 2)
            .setOptions(FieldOptions.newBuilder().setUnknownFields(number(74_402)));
    var file =
        ProtoFile.named("a.proto")
            .message("In", key(stringField("a", 1)), field)
            .service("S", unary("Do", ".test.In"));

    assertThat(unserved(file.spec(eventSourced("S", ""))))
        .singleElement()
        .asString()
        .contains("test.In.attempt", "74402");
  }

  @Test
  void names_a_passivation_strategy_that_is_not_known() {
    var strategy = EntityPassivationStrategy.newBuilder().setUnknownFields(number(2));

    assertThat(
            unserved(
                ProtoFile.cart().spec(eventSourced("Cart", "").setPassivationStrategy(strategy))))
        .singleElement()
        .asString()
        .contains("test.Cart", "passivation strategy");
  }

  private static EntitySpec.Builder service(MethodDescriptorProto.Builder... methods) {
    return ProtoFile.named("a.proto")
        .message("In", key(stringField("a", 1)))
        .service("S", methods)
        .spec(eventSourced("S", ""));
  }

  private static MethodDescriptorProto.Builder eventing(String name, Eventing.Builder eventing) {
    return unary(name, ".test.In")
        .setOptions(
            MethodOptions.newBuilder().setExtension(EventingProto.eventing, eventing.build()));
  }

  private static MethodDescriptorProto.Builder unknown(String name, int number) {
    return unary(name, ".test.In")
        .setOptions(MethodOptions.newBuilder().setUnknownFields(number(number)));
  }

  private static UnknownFieldSet number(int number) {
    var value = UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.EMPTY).build();
    return UnknownFieldSet.newBuilder().addField(number, value).build();
  }

  private static List<String> unserved(EntitySpec.Builder spec) {
    var verdict = new SpecCheck(true, Duration.ofSeconds(30)).check(spec.build());
    assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
    return ((Verdict.Accepted) verdict).unserved();
  }
}
