// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.holdfast.protocol.Metadata;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.example.Choice;
import io.holdfast.proxy.example.Form;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages whose JSON is no object, and what the JSON mapping does not allow. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class JsonFormsTest {

  @RegisterExtension static final FrontendFixture FIXTURE = FrontendFixture.unconnected();

  private final HttpClientFixture http = new HttpClientFixture(FIXTURE);

  @BeforeAll
  static void serve() {
    FIXTURE.frontend().serve(ExampleFunction.specWithForms());
  }

  /** Every command is answered with what it was sent. */
  @BeforeEach
  void echo() {
    FIXTURE
        .router()
        .answer(
            (command, replyTo) ->
                replyTo.complete(
                    new Outcome.Replied(command.payload(), Metadata.getDefaultInstance())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Struct | {\"a\":1.0,\"b\":[null,\"x\"],\"c\":{\"d\":true}}",
        "Struct | {}",
        "List | [1.0,2.0,\"x\",[],{}]",
        "List | []",
        "Value | \"hi\"",
        "Value | 3.0",
        "Value | true",
        "Value | null",
        "Value | [1.0]",
        "Value | {\"a\":null}",
        "Text | \"hi\"",
        "Text | \"\"",
        "Long | \"9007199254740993\"",
        "Time | \"2024-02-29T12:00:00Z\"",
        "Span | \"1.500s\"",
        "Mask | \"aB,c.dE\""
      })
  void a_whole_message_is_what_the_mapping_says(String method, String json) {
    var response = http.post("/example.Forms/" + method, json);
    assertThat(response.body()).isEqualTo(json);
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void it_reaches_the_function_as_that_message() {
    http.post("/example.Forms/Text", "\"hi\"");
    assertThat(sent(StringValue.parser())).isEqualTo(StringValue.of("hi"));
    http.post("/example.Forms/Struct", "{\"a\":1}");
    assertThat(sent(Struct.parser()))
        .isEqualTo(
            Struct.newBuilder()
                .putFields("a", Value.newBuilder().setNumberValue(1).build())
                .build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Struct | [1]",
        "Struct | {\"a\":\"\\ud800\"}",
        "List | {}",
        "Text | 3",
        "Text | \"\\ud800\"",
        "Text | {\"value\":\"hi\"}",
        "Long | \"٣\"",
        "Long | \"+1\"",
        "Long | \"1.\"",
        "Long | \"007\"",
        "Long | \" 1\"",
        "Long | \"0x10\"",
        "Long | 1.5",
        "Long | 9223372036854775808",
        "Time | \"2024-02-30T00:00:00Z\"",
        "Time | \"2023-02-29T00:00:00Z\"",
        "Time | \"2024-01-01T24:00:00Z\"",
        "Time | \"2024-01-01T00:00:60Z\"",
        "Time | \"2024-01-01T00:00:00\"",
        "Time | \"2024-01-01 00:00:00Z\"",
        "Time | \"2024-01-01t00:00:00z\"",
        "Time | \"2024-1-1T00:00:00Z\"",
        "Time | \"٢024-01-01T00:00:00Z\"",
        "Time | \"2024-01-01T00:00:00.1234567890Z\"",
        "Time | \"2024-01-01T00:00:00+24:00\"",
        "Time | \"0000-01-01T00:00:00Z\"",
        "Span | \"٣s\"",
        "Span | \"+1s\"",
        "Span | \"1.s\"",
        "Span | \"1\"",
        "Span | \"315576000001s\"",
        "Mask | \"a_b\"",
        "Mask | \"a,,b\"",
        "Mask | \"a b\"",
        "Mask | \"a.\""
      })
  void what_the_mapping_does_not_allow_is_400(String method, String json) {
    refused(http.post("/example.Forms/" + method, json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Long | 1e3 | \"1000\"",
        "Long | \"1e3\" | \"1000\"",
        "Long | 1.0 | \"1\"",
        "Long | -0 | \"0\"",
        "Time | \"2024-02-29T12:00:00.5+05:30\" | \"2024-02-29T06:30:00.500Z\"",
        "Time | \"9999-12-31T23:59:59.999999999Z\" | \"9999-12-31T23:59:59.999999999Z\"",
        "Span | \"-0.5s\" | \"-0.500s\"",
        "Span | \"315576000000s\" | \"315576000000s\"",
        "Mask | \"\" | \"\""
      })
  void what_the_mapping_allows_is_taken(String method, String json, String same) {
    assertThat(http.post("/example.Forms/" + method, json).body()).isEqualTo(same);
  }

  @Test
  void a_required_field_that_is_missing_is_named() {
    var none = http.post("/example.Forms/Fill", "{}");
    refused(none);
    assertThat(none.body()).contains("name is required");
    var line = http.post("/example.Forms/Fill", "{\"name\":\"x\",\"lines\":[{}]}");
    refused(line);
    assertThat(line.body()).contains("lines[0].amount is required");

    http.post("/example.Forms/Fill", "{\"name\":\"x\",\"lines\":[{\"amount\":0}]}");
    assertThat(sent(Form.parser()).getLines(0).hasAmount()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "number=1&text=x",
        "text=&number=0",
        "number=1&inner.number=2",
        "inner.number=2&text=x",
        "number=٣",
        "number=%2B1",
        "number=1.5",
        "number=007",
        "size=1.",
        "size=0x1p3",
        "size=1d"
      })
  void a_query_that_the_mapping_does_not_allow_is_400(String query) {
    refused(http.send(http.request("/choices/a?" + query.replace("٣", "%D9%A3")).GET()));
  }

  @Test
  void both_members_of_a_oneof_in_a_body_are_400() {
    refused(http.post("/example.Forms/Choose", "{\"number\":0,\"text\":\"\"}"));
    assertThat(http.post("/example.Forms/Choose", "{\"number\":0,\"text\":null}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void a_rule_of_any_method_takes_every_one_that_no_other_rule_names() {
    for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
      var response = http.send(http.request("/any/x").method(method, BodyPublishers.noBody()));
      assertThat(response.statusCode()).as(method).isEqualTo(200);
      assertThat(sent(Choice.parser()).getId()).isEqualTo("x");
    }
    assertThat(http.get("/any/x?number=3").statusCode()).isEqualTo(200);
  }

  @Test
  void a_body_may_hold_a_longer_text_than_parsers_take_by_default() {
    String key = "k".repeat(60_000);
    http.post("/example.Forms/Struct", "{\"" + key + "\":1}");
    assertThat(sent(Struct.parser()).getFieldsMap()).containsOnlyKeys(key);
  }

  private static void refused(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(response.body()).startsWith("{\"code\":3,\"message\":\"");
    assertThat(FIXTURE.router().sawNothing()).isTrue();
  }

  private static <T extends Message> T sent(Parser<T> parser) {
    ByteString payload = FIXTURE.router().next().command().payload();
    try {
      return parser.parseFrom(payload);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
