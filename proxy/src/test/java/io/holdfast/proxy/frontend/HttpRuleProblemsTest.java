// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
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
                                    .setExtension(AnnotationsProto.http, rule.build()))))
            .build();
    var linked =
        FileDescriptor.buildFrom(
            file,
            new FileDescriptor[] {ShelfProto.getDescriptor(), Book.getDescriptor().getFile()});
    MethodDescriptor method = linked.getServices().get(0).getMethods().get(0);
    var command = new CommandMethod("example.Broken", "Do", "example.PutBook", "example.Book");
    var service =
        new EntityService(
            method.getService(),
            EntityKind.EVENT_SOURCED,
            "broken",
            Duration.ofSeconds(30),
            List.of(new EntityMethod(command, method, payload -> "any")));
    return Frontend.problems(
        new FunctionSpec(ExampleFunction.spec().info(), List.of(linked), List.of(service)));
  }
}
