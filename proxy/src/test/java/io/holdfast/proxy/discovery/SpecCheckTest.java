// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_DOUBLE;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static io.holdfast.proxy.discovery.ProtoFile.KEY;
import static io.holdfast.proxy.discovery.ProtoFile.LEGACY_KEY;
import static io.holdfast.proxy.discovery.ProtoFile.eventSourced;
import static io.holdfast.proxy.discovery.ProtoFile.field;
import static io.holdfast.proxy.discovery.ProtoFile.key;
import static io.holdfast.proxy.discovery.ProtoFile.marked;
import static io.holdfast.proxy.discovery.ProtoFile.stringField;
import static io.holdfast.proxy.discovery.ProtoFile.unary;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import io.holdfast.protocol.Entity;
import io.holdfast.protocol.EntityPassivationStrategy;
import io.holdfast.protocol.EntitySpec;
import io.holdfast.protocol.TimeoutPassivationStrategy;
import io.holdfast.proxy.command.CommandMethod;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SpecCheckTest {

  private static final Duration DEFAULT = Duration.ofSeconds(30);

  @Test
  void turns_a_good_specification_into_services() throws Exception {
    var spec = accepted(ProtoFile.cart().spec(eventSourced("Cart", "carts")));

    assertThat(spec.info().getServiceName()).isEqualTo("test");
    assertThat(spec.files())
        .extracting(file -> file.getName())
        .containsExactly("google/protobuf/empty.proto", "cart.proto");
    var cart = spec.services().get(0);
    assertThat(cart.name()).isEqualTo("test.Cart");
    assertThat(cart.kind()).isEqualTo(EntityKind.EVENT_SOURCED);
    assertThat(cart.entityType()).isEqualTo("carts");
    assertThat(cart.passivateAfter()).isEqualTo(DEFAULT);
    var addItem = cart.methods().get(0);
    assertThat(addItem.command())
        .isEqualTo(
            new CommandMethod("test.Cart", "AddItem", "test.AddItem", "google.protobuf.Empty"));
    assertThat(addItem.key().read(Wire.bytes(out -> out.writeString(1, "u")))).isEqualTo("u");
  }

  @Test
  void keeps_the_state_under_the_services_name_when_there_is_no_persistence_id() {
    var spec = accepted(ProtoFile.cart().spec(eventSourced("Cart", "")));
    assertThat(spec.services().get(0).entityType()).isEqualTo("test.Cart");
  }

  @Test
  void takes_over_the_announced_passivation_timeout() {
    var spec = accepted(ProtoFile.cart().spec(eventSourced("Cart", "").mergeFrom(timeout(1500))));
    assertThat(spec.services().get(0).passivateAfter()).isEqualTo(Duration.ofMillis(1500));
  }

  @ParameterizedTest
  @ValueSource(ints = {KEY, LEGACY_KEY})
  void finds_keys_under_both_options(int option) throws Exception {
    var file =
        ProtoFile.named("a.proto")
            .message("In", stringField("a", 1), marked(stringField("b", 2), option))
            .service("S", unary("Do", ".test.In"));
    var key = accepted(file.spec(eventSourced("S", ""))).services().get(0).methods().get(0).key();
    assertThat(key.read(Wire.bytes(out -> out.writeString(2, "x")))).isEqualTo("x");
  }

  @Test
  void counts_a_field_once_that_carries_both_marks() throws Exception {
    var file =
        ProtoFile.named("a.proto")
            .message("In", marked(stringField("a", 1), KEY, LEGACY_KEY))
            .service("S", unary("Do", ".test.In"));
    var key = accepted(file.spec(eventSourced("S", ""))).services().get(0).methods().get(0).key();
    assertThat(key.read(Wire.bytes(out -> out.writeString(1, "x")))).isEqualTo("x");
  }

  @Test
  void refuses_fields_of_one_message_that_are_marked_differently() {
    var file =
        ProtoFile.named("a.proto")
            .message("In", key(stringField("a", 1)), marked(stringField("b", 2), LEGACY_KEY))
            .service("S", unary("Do", ".test.In"));
    assertThat(refused(file.spec(eventSourced("S", ""))))
        .singleElement()
        .asString()
        .contains("test.S.Do", "test.In", "1080", "50002");
  }

  @Test
  void refuses_a_method_without_a_key() {
    var file =
        ProtoFile.named("a.proto")
            .message("In", stringField("a", 1))
            .service("S", unary("Do", ".test.In"), unary("Ping", ".google.protobuf.Empty"));
    assertThat(refused(file.spec(eventSourced("S", ""))))
        .containsExactly(
            "Method test.S.Do takes test.In, which has no entity key: mark the field that names the"
                + " entity with [(cloudstate.entity_key) = true].",
            "Method test.S.Ping takes google.protobuf.Empty, which has no entity key: mark the"
                + " field that names the entity with [(cloudstate.entity_key) = true].");
  }

  @Test
  void refuses_key_fields_of_types_without_a_plain_text() {
    for (var type :
        List.of(
            TYPE_DOUBLE,
            FieldDescriptorProto.Type.TYPE_FLOAT,
            FieldDescriptorProto.Type.TYPE_BYTES,
            FieldDescriptorProto.Type.TYPE_MESSAGE)) {
      var field = key(field("k", 1, type));
      if (type == FieldDescriptorProto.Type.TYPE_MESSAGE) {
        field.setTypeName(".google.protobuf.Empty");
      }
      assertThat(refusedKey(field)).contains("test.S.Do", "test.In.k", "string, integer");
    }
    var repeated = key(field("k", 1, TYPE_STRING)).setLabel(Label.LABEL_REPEATED);
    assertThat(refusedKey(repeated)).contains("test.In.k", "repeated string");
  }

  private static ProtoFile streamedBothWays() {
    return ProtoFile.named("a.proto")
        .message("In", key(stringField("a", 1)))
        .service(
            "S",
            unary("In", ".test.In").setClientStreaming(true),
            unary("Out", ".test.In").setServerStreaming(true));
  }

  @Test
  void refuses_streamed_methods_of_entities() {
    assertThat(refused(streamedBothWays().spec(eventSourced("S", ""))))
        .satisfiesExactly(
            first -> assertThat(first).contains("test.S.In is streamed"),
            second -> assertThat(second).contains("test.S.Out is streamed"));
  }

  @Test
  void takes_streamed_methods_of_actions() {
    var action =
        Entity.newBuilder()
            .setEntityType(EntityKind.ACTION.protocolService())
            .setServiceName("test.S");
    assertThat(accepted(streamedBothWays().spec(action)).services().get(0).methods()).hasSize(2);
  }

  @Test
  void takes_commands_of_crdt_entities_whose_answer_is_streamed_and_no_others() {
    var crdt =
        Entity.newBuilder()
            .setEntityType(EntityKind.CRDT.protocolService())
            .setServiceName("test.S");
    assertThat(refused(streamedBothWays().spec(crdt)))
        .singleElement()
        .asString()
        .contains("test.S.In is streamed");
  }

  @Test
  void refuses_a_service_that_the_descriptors_lack() {
    assertThat(refused(ProtoFile.cart().spec(eventSourced("Kart", ""))))
        .containsExactly(
            "Service test.Kart is announced, but the descriptors do not define it (they define"
                + " test.Cart): correct the name, or add its .proto file.");
  }

  @Test
  void refuses_two_services_of_one_name() {
    assertThat(refused(ProtoFile.cart().spec(eventSourced("Cart", "a"), eventSourced("Cart", "b"))))
        .containsExactly("Service test.Cart is announced more than once: register it once.");
  }

  @Test
  void refuses_one_persistence_id_for_two_services() {
    var file = ProtoFile.cart().service("Other", unary("Do", ".test.AddItem"));
    assertThat(refused(file.spec(eventSourced("Cart", "x"), eventSourced("Other", "x"))))
        .containsExactly(
            "Services test.Cart and test.Other both have the persistence id x: give each its own.");
    assertThat(refused(file.spec(eventSourced("Cart", ""), eventSourced("Other", "test.Cart"))))
        .hasSize(1);
  }

  @Test
  void refuses_a_persistence_id_that_the_journal_could_take_for_part_of_a_key() {
    assertThat(refused(ProtoFile.cart().spec(eventSourced("Cart", "a|b"))))
        .singleElement()
        .asString()
        .contains("test.Cart", "a|b");
  }

  @Test
  void refuses_unknown_entity_types_and_names_those_it_serves() {
    var entity = eventSourced("Cart", "").setEntityType("cloudstate.eventsourced.EventSauced");
    assertThat(refused(ProtoFile.cart().spec(entity)))
        .containsExactly(
            "Service test.Cart is of unknown entity type 'cloudstate.eventsourced.EventSauced':"
                + " announce one of cloudstate.eventsourced.EventSourced, cloudstate.valueentity.ValueEntity, cloudstate.crdt.Crdt, cloudstate.action.ActionProtocol, cloudstate.function.StatelessFunction.");
  }

  @Test
  void refuses_a_negative_passivation_timeout() {
    var entity = eventSourced("Cart", "").mergeFrom(timeout(-1));
    assertThat(refused(ProtoFile.cart().spec(entity)))
        .containsExactly(
            "Service test.Cart has a passivation timeout of -1 ms: it must not be negative.");
  }

  @Test
  void refuses_services_that_the_proxy_serves_itself() {
    var entity = eventSourced("Cart", "").setServiceName("grpc.health.v1.Health");
    assertThat(refused(ProtoFile.cart().spec(entity)))
        .containsExactly(
            "Service grpc.health.v1.Health is the proxy's own: the function cannot serve it.");
  }

  @Test
  void refuses_a_function_without_entities() {
    assertThat(refused(ProtoFile.cart().spec()))
        .containsExactly(
            "The function announces no entities: register at least one before it starts.");
  }

  @Test
  void reports_all_problems_at_once() {
    var file =
        ProtoFile.named("a.proto")
            .message("In", stringField("a", 1))
            .service("S", unary("Do", ".test.In").setServerStreaming(true));
    var spec =
        file.spec(
            eventSourced("S", "").mergeFrom(timeout(-5)),
            eventSourced("Missing", ""),
            eventSourced("S", "").setEntityType("nonsense"));
    spec.getServiceInfoBuilder().setProtocolMajorVersion(7);

    assertThat(refused(spec))
        .satisfiesExactlyInAnyOrder(
            problem -> assertThat(problem).contains("protocol version 7.2", "0.2"),
            problem -> assertThat(problem).contains("more than once"),
            problem -> assertThat(problem).contains("-5 ms"),
            problem -> assertThat(problem).contains("test.S.Do is streamed"),
            problem -> assertThat(problem).contains("test.S.Do", "no entity key"),
            problem -> assertThat(problem).contains("test.Missing"),
            problem -> assertThat(problem).contains("'nonsense'"));
  }

  @Test
  void reports_the_rest_too_when_the_descriptors_are_garbage() {
    var spec =
        ProtoFile.cart()
            .spec(eventSourced("Cart", "").setEntityType("nonsense"))
            .setProto(ByteString.copyFromUtf8("garbage"));
    assertThat(refused(spec))
        .anySatisfy(problem -> assertThat(problem).contains("FileDescriptorSet"))
        .anySatisfy(problem -> assertThat(problem).contains("'nonsense'"));
  }

  private static String refusedKey(FieldDescriptorProto.Builder field) {
    var file =
        ProtoFile.named("a.proto").message("In", field).service("S", unary("Do", ".test.In"));
    return String.join("\n", refused(file.spec(eventSourced("S", ""))));
  }

  private static Entity timeout(long millis) {
    return Entity.newBuilder()
        .setPassivationStrategy(
            EntityPassivationStrategy.newBuilder()
                .setTimeout(TimeoutPassivationStrategy.newBuilder().setTimeout(millis)))
        .build();
  }

  private static FunctionSpec accepted(EntitySpec.Builder spec) {
    var verdict = new SpecCheck(true, DEFAULT).check(spec.build());
    assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
    return ((Verdict.Accepted) verdict).spec();
  }

  private static List<String> refused(EntitySpec.Builder spec) {
    var verdict = new SpecCheck(true, DEFAULT).check(spec.build());
    assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    return ((Verdict.Refused) verdict).problems();
  }
}
