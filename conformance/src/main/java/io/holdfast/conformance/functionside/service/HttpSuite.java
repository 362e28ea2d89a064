// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.grpc.Status;
import io.holdfast.conformance.functionside.FunctionSideSuite;
import io.holdfast.conformance.functionside.Headers;
import io.holdfast.conformance.functionside.ScriptedStream;
import io.holdfast.conformance.model.ActionModelGrpc;
import io.holdfast.conformance.model.Query;
import io.holdfast.conformance.model.Request;
import io.holdfast.conformance.model.Response;
import io.holdfast.conformance.model.Shown;
import io.holdfast.conformance.model.StreamedActionModelGrpc;
import io.holdfast.conformance.model.UrlsGrpc;
import io.holdfast.conformance.wire.Actions;
import io.holdfast.conformance.wire.Anys;
import io.holdfast.conformance.wire.Arrivals;
import io.holdfast.conformance.wire.Models;
import io.holdfast.protocol.Metadata;
import io.holdfast.protocol.Reply;
import io.holdfast.protocol.action.ActionCommand;
import io.holdfast.protocol.action.ActionProtocolGrpc;
import io.holdfast.protocol.action.ActionResponse;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The services of a function over HTTP, with JSON and as gRPC-Web. */
public abstract class HttpSuite extends FunctionSideSuite {

  private static final String UNARY = "/" + ActionModelGrpc.SERVICE_NAME + "/Unary";

  private HttpCalls http() {
    return new HttpCalls(stage().port());
  }

  private ScriptedStream<ActionCommand, ActionResponse> called() {
    return function().call(ActionProtocolGrpc.getHandleUnaryMethod());
  }

  private static ActionResponse reply(Message message) {
    return ActionResponse.newBuilder()
        .setReply(Reply.newBuilder().setPayload(Anys.of(message)))
        .build();
  }

  private static ActionResponse failing(Status.Code code, String description) {
    return ActionResponse.newBuilder()
        .setFailure(
            Actions.failure(0, description).toBuilder().setGrpcStatusCode(code.value()).build())
        .build();
  }

  private static ActionCommand command(Request request) {
    return ActionCommand.newBuilder()
        .setServiceName(ActionModelGrpc.SERVICE_NAME)
        .setName("Unary")
        .setPayload(Anys.of(request))
        .build();
  }

  private static ActionCommand query(Query query) {
    return ActionCommand.newBuilder()
        .setServiceName(UrlsGrpc.SERVICE_NAME)
        .setName("Read")
        .setPayload(Anys.of(query))
        .build();
  }

  private static void expect(
      CompletableFuture<HttpResponse<byte[]>> call, int status, String body, String contentType) {
    var response = Arrivals.await(call, "HTTP response");
    assertThat(new String(response.body(), UTF_8)).isEqualTo(body);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type")).contains(contentType);
  }

  @Test
  void every_method_is_at_its_full_name_and_takes_json() {
    var call = http().post(UNARY, "{\"id\":\"a\",\"steps\":[{\"showHeader\":\"x\"}]}");
    var action = called();
    var request = Request.newBuilder().setId("a");
    request.addStepsBuilder().setShowHeader("x");
    action.expect(command(request.build()));
    action.answer(reply(Models.response("done")));
    expect(call, 200, "{\"text\":\"done\"}", "application/json");
  }

  @Test
  void json_has_default_values_and_no_white_space_and_lower_camel_names() {
    var call = http().get("/conformance/shelves/1");
    called().answer(reply(Shown.getDefaultInstance()));
    expect(call, 200, "{\"text\":\"\",\"bigNumber\":\"0\"}", "application/json");
  }

  @Test
  void a_path_template_and_query_parameters_fill_the_request() {
    var call = http().get("/conformance/shelves/1?page_size=7");
    var action = called();
    action.expect(query(Query.newBuilder().setName("shelves/1").setPageSize(7).build()));
    action.answer(reply(Shown.newBuilder().setBigNumber(1L << 60).build()));
    expect(call, 200, "{\"text\":\"\",\"bigNumber\":\"1152921504606846976\"}", "application/json");
  }

  @Test
  void an_additional_binding_with_a_body_and_a_response_body_is_served() {
    var call = http().post("/conformance/queries", "{\"name\":\"n\",\"pageSize\":2}");
    var action = called();
    action.expect(query(Query.newBuilder().setName("n").setPageSize(2).build()));
    action.answer(reply(Shown.newBuilder().setText("only this").build()));
    expect(call, 200, "\"only this\"", "application/json");
  }

  @Test
  void an_error_without_accept_is_the_bare_description() {
    var call = http().post(UNARY, "{}");
    called().answer(failing(Status.Code.NOT_FOUND, "no such thing"));
    var response = Arrivals.await(call, "HTTP response");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(new String(response.body(), UTF_8)).isEqualTo("no such thing");
    assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("text/plain");
  }

  @Test
  void an_error_with_accept_is_a_status_in_json() throws Exception {
    var call = http().post(UNARY, "{}", "accept", "application/json");
    called().answer(failing(Status.Code.NOT_FOUND, "no such thing"));
    var response = Arrivals.await(call, "HTTP response");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    var status = com.google.rpc.Status.newBuilder();
    JsonFormat.parser().merge(new String(response.body(), UTF_8), status);
    assertThat(status.getCode()).isEqualTo(Status.Code.NOT_FOUND.value());
    assertThat(status.getMessage()).isEqualTo("no such thing");
  }

  @Test
  void http_statuses_follow_from_grpc_codes() {
    var expected =
        Map.of(
            Status.Code.UNKNOWN, 500,
            Status.Code.INTERNAL, 500,
            Status.Code.INVALID_ARGUMENT, 400,
            Status.Code.NOT_FOUND, 404,
            Status.Code.RESOURCE_EXHAUSTED, 429,
            Status.Code.UNAVAILABLE, 503);
    expected.forEach(
        (code, status) -> {
          var call = http().post(UNARY, "{}");
          called().answer(failing(code, "no"));
          assertThat(Arrivals.await(call, "HTTP response").statusCode())
              .as(code.name())
              .isEqualTo(status);
        });
  }

  @Test
  void json_that_is_none_is_a_bad_request_and_the_function_is_not_asked() {
    var call = http().post(UNARY, "{\"id\":");
    assertThat(Arrivals.await(call, "HTTP response").statusCode()).isEqualTo(400);
  }

  @Test
  void a_get_of_an_unknown_path_is_not_found_at_once() {
    var response = Arrivals.await(http().get("/no/such/path"), "HTTP response");
    assertThat(response.statusCode()).isEqualTo(404);
  }

  @Test
  void headers_over_http_are_metadata_without_the_transports() {
    var call =
        http()
            .post(
                UNARY,
                "{\"id\":\"a\"}",
                "x-color",
                "red",
                "accept",
                "application/json",
                "content-type",
                "application/json",
                "user-agent",
                "suite");
    var action = called();
    action.expect(
        command(Models.request("a")).toBuilder()
            .setMetadata(Headers.metadata("x-color", "red"))
            .build());
    action.answer(reply(Models.response("")));
    expect(call, 200, "{\"text\":\"\"}", "application/json");
  }

  @Test
  void a_replys_metadata_is_headers_over_http() {
    var call = http().post(UNARY, "{}");
    Metadata metadata = Headers.metadata("x-color", "red");
    called()
        .answer(
            ActionResponse.newBuilder().setReply(Actions.reply("", metadata).getReply()).build());
    var response = Arrivals.await(call, "HTTP response");
    assertThat(response.headers().firstValue("x-color")).contains("red");
  }

  @Test
  void grpc_web_is_served_on_the_same_port() throws Exception {
    byte[] request = Models.request("web").toByteArray();
    var frame = ByteBuffer.allocate(5 + request.length).put((byte) 0).putInt(request.length);
    var call =
        http()
            .send(
                "POST",
                UNARY,
                BodyPublishers.ofByteArray(frame.put(request).array()),
                "content-type",
                "application/grpc-web+proto");
    var action = called();
    action.expect(command(Models.request("web")));
    action.answer(reply(Models.response("woven")));
    var body = ByteBuffer.wrap(Arrivals.await(call, "gRPC-Web response").body());
    assertThat(body.get()).isZero();
    byte[] message = new byte[body.getInt()];
    body.get(message);
    assertThat(Response.parseFrom(message)).isEqualTo(Models.response("woven"));
    // What follows are the trailers, as a message of their own kind.
    assertThat(body.get()).isEqualTo((byte) 0x80);
    byte[] trailers = new byte[body.getInt()];
    body.get(trailers);
    assertThat(new String(trailers, UTF_8)).containsPattern("grpc-status: ?0");
  }

  private ScriptedStream<ActionCommand, ActionResponse> calledOut() {
    return function().call(ActionProtocolGrpc.getHandleStreamedOutMethod());
  }

  @Test
  void a_stream_over_http_is_a_line_of_json_for_each_element() {
    var call = http().post("/" + StreamedActionModelGrpc.SERVICE_NAME + "/StreamedOut", "{}");
    var action = calledOut();
    action.send(reply(Models.response("1")));
    action.answer(reply(Models.response("")));
    var body = new String(Arrivals.await(call, "HTTP response").body(), UTF_8);
    assertThat(body.lines()).containsExactly("{\"text\":\"1\"}", "{\"text\":\"\"}");
  }

  @Test
  void a_stream_over_http_is_server_sent_events_for_a_client_that_accepts_them() {
    var call =
        http()
            .post(
                "/" + StreamedActionModelGrpc.SERVICE_NAME + "/StreamedOut",
                "{}",
                "accept",
                "text/event-stream");
    var action = calledOut();
    action.send(reply(Models.response("1")));
    action.answer(reply(Models.response("2")));
    var response = Arrivals.await(call, "HTTP response");
    assertThat(response.headers().firstValue("content-type").orElse(""))
        .startsWith("text/event-stream");
    assertThat(new String(response.body(), UTF_8).lines().filter(line -> line.startsWith("data:")))
        .map(line -> line.substring("data:".length()).strip())
        .containsExactly("{\"text\":\"1\"}", "{\"text\":\"2\"}");
  }
}
