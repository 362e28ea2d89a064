// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.AnnotationsProto;
import com.google.api.CustomHttpPattern;
import com.google.api.HttpRule;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.holdfast.proxy.command.CommandMethod;
import io.holdfast.proxy.discovery.EntityKind;
import io.holdfast.proxy.discovery.EntityMethod;
import io.holdfast.proxy.discovery.EntityService;
import io.holdfast.proxy.discovery.FunctionSpec;
import io.holdfast.proxy.example.Book;
import io.holdfast.proxy.example.ShelfProto;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
final class HttpRuleProblemsTest {

  @Test
  void rules_that_can_be_followed_are_no_problem() {
    assertThat(Frontend.problems(ExampleFunction.spec())).isEmpty();
  }

  @Test
  void a_rule_that_cannot_be_followed_is_named_with_its_method() throws Exception {
    assertThat(problems(HttpRule.newBuilder().setGet("/x/{colour}")))
        .containsExactly(
            "Method example.Broken.Do has a google.api.http rule that cannot be followed:"
                + " example.PutBook has no field colour.");
    assertThat(problems(HttpRule.newBuilder().setGet("/x/{book}")).get(0))
        .contains("the variable book is no single value");
    assertThat(problems(HttpRule.newBuilder().setPost("/x").setBody("cover")).get(0))
        .contains("example.PutBook has no field cover");
    assertThat(problems(HttpRule.newBuilder().setGet("/x").setResponseBody("cost")).get(0))
        .contains("example.Book has no field cost");
    assertThat(problems(HttpRule.newBuilder().setGet("/x/{shelf_id")).get(0))
        .contains("has a { without its }");
  }

  @Test
  void two_rules_for_the_same_requests_are_a_problem() throws Exception {
    var twice =
        HttpRule.newBuilder()
            .setGet("/x/{shelf_id}")
            .addAdditionalBindings(HttpRule.newBuilder().setGet("/x/*"));

    assertThat(problems(twice).get(0))
        .contains("GET of the same path leads to example.Broken.Do already");
  }

  @Test
  void a_rule_that_repeats_its_methods_standard_path_is_no_problem() throws Exception {
    assertThat(problems(HttpRule.newBuilder().setPost("/example.Broken/Do").setBody("*")))
        .isEmpty();
  }

  @Test
  void a_standard_path_stays_its_methods() throws Exception {
    assertThat(problems(HttpRule.newBuilder().setPost("/example.Broken/Do").setBody("book")).get(0))
        .contains("POST of the same path leads to example.Broken.Do already");
    assertThat(problems(HttpRule.newBuilder().setPost("/example.Broken/Other").setBody("*")))
        .containsExactly(
            "Method example.Broken.Do has a google.api.http rule that cannot be followed: POST of"
                + " the same path leads to example.Broken.Other already.");
  }

  @Test
  void any_method_is_no_problem_and_an_unknown_one_is() throws Exception {
    assertThat(problems(custom("*"))).isEmpty();
    assertThat(problems(custom("FETCH")).get(0)).contains("'FETCH' is no HTTP method");
  }

  private static HttpRule.Builder custom(String kind) {
    return HttpRule.newBuilder()
        .setCustom(CustomHttpPattern.newBuilder().setKind(kind).setPath("/x/{shelf_id}"));
  }

  private static List<String> problems(HttpRule.Builder rule) throws DescriptorValidationException {
    var file =
        FileDescriptorProto.newBuilder()
            .setName("example/broken.proto")
            .setPackage("example")
            .addDependency("example/shelf.proto")
            .addDependency("example/book.proto")
            .addService(
                ServiceDescriptorProto.newBuilder()
                    .setName("Broken")
                    .addMethod(
                        MethodDescriptorProto.newBuilder()
                            .setName("Do")
                            .setInputType(".example.PutBook")
                            .setOutputType(".example.Book")
                            .setOptions(
                                MethodOptions.newBuilder()
                                    .setExtension(AnnotationsProto.http, rule.build())))
                    .addMethod(
                        MethodDescriptorProto.newBuilder()
                            .setName("Other")
                            .setInputType(".example.PutBook")
                            .setOutputType(".example.Book")))
            .build();
    var linked =
        FileDescriptor.buildFrom(
            file,
            new FileDescriptor[] {ShelfProto.getDescriptor(), Book.getDescriptor().getFile()});
    ServiceDescriptor broken = linked.getServices().get(0);
    var service =
        new EntityService(
            broken,
            EntityKind.EVENT_SOURCED,
            "broken",
            Duration.ofSeconds(30),
            broken.getMethods().stream().map(HttpRuleProblemsTest::served).toList());
    return Frontend.problems(
        new FunctionSpec(ExampleFunction.spec().info(), List.of(linked), List.of(service)));
  }

  private static EntityMethod served(MethodDescriptor method) {
    var command =
        new CommandMethod("example.Broken", method.getName(), "example.PutBook", "example.Book");
    return new EntityMethod(command, method, payload -> "any");
  }
}
