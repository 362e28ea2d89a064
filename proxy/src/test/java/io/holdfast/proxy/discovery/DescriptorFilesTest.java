// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import static io.holdfast.proxy.discovery.ProtoFile.stringField;
import static io.holdfast.proxy.discovery.ProtoFile.unary;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DescriptorFilesTest {

  private final List<String> problems = new ArrayList<>();

  @Test
  void links_files_whatever_their_order() {
    var files = read(importing("b.proto", "a.proto"), ProtoFile.named("a.proto").message("A"));
    assertThat(problems).isEmpty();
    assertThat(files.files())
        .extracting(FileDescriptor::getName)
        .containsSubsequence("a.proto", "b.proto");
  }

  @Test
  void brings_the_files_along_that_everyone_imports() {
    read(
        ProtoFile.named("a.proto")
            .imports("google/api/annotations.proto")
            .imports("google/api/httpbody.proto")
            .imports("google/protobuf/timestamp.proto")
            .imports("cloudstate/entity_key.proto")
            .imports("cloudstate/eventing.proto"));
    assertThat(problems).isEmpty();
  }

  @Test
  void reads_http_rules() {
    var options =
        MethodOptions.newBuilder()
            .setExtension(AnnotationsProto.http, HttpRule.newBuilder().setGet("/a").build());
    var files =
        read(
            ProtoFile.named("a.proto")
                .message("A")
                .service("S", unary("Get", ".test.A").setOptions(options)));
    var method = files.services().get(0).getMethods().get(0);
    assertThat(method.getOptions().getExtension(AnnotationsProto.http).getGet()).isEqualTo("/a");
  }

  @Test
  void does_without_an_import_of_which_only_options_are_used() {
    var files = read(ProtoFile.named("a.proto").imports("acme/options.proto").message("A"));
    assertThat(problems).isEmpty();
    assertThat(files.files()).extracting(FileDescriptor::getName).contains("a.proto");
  }

  @Test
  void names_the_import_that_is_missing() {
    var files = read(importing("b.proto", "a.proto").service("S", unary("Do", ".test.A")));
    assertThat(problems)
        .containsExactly(
            "File b.proto imports a.proto, which the descriptors lack: make them with protoc"
                + " --include_imports.");
    assertThat(files.broken()).containsExactly("test.S");
  }

  @Test
  void reports_a_broken_file_once_and_not_those_that_import_it() {
    var broken = importing("a.proto", "none.proto");
    read(broken, importing("b.proto", "a.proto"), importing("c.proto", "b.proto"));
    assertThat(problems).singleElement().asString().contains("a.proto", "none.proto");
  }

  @Test
  void reports_files_that_import_each_other() {
    read(importing("a.proto", "b.proto"), importing("b.proto", "a.proto"));
    assertThat(problems).singleElement().asString().contains("a.proto", "b.proto", "each other");
  }

  @Test
  void reports_two_files_of_one_name() {
    read(ProtoFile.named("a.proto").message("A"), ProtoFile.named("a.proto").message("B"));
    assertThat(problems).singleElement().asString().contains("two different files named a.proto");
  }

  @Test
  void reports_an_invalid_file() {
    var file = ProtoFile.named("a.proto").message("A", stringField("x", 1), stringField("x", 2));
    read(file);
    assertThat(problems).singleElement().asString().contains("a.proto", "x");
  }

  @Test
  void reports_files_written_in_an_edition() {
    var file = ProtoFile.named("a.proto");
    file.proto().setSyntax("editions");
    read(file);
    assertThat(problems).singleElement().asString().contains("a.proto", "proto3");
  }

  @Test
  void reports_a_service_that_two_files_define() {
    var files =
        read(
            ProtoFile.named("a.proto").message("A").service("S", unary("Do", ".test.A")),
            ProtoFile.named("b.proto").message("B").service("S", unary("Do", ".test.B")));
    assertThat(files.services("test.S")).hasSize(2);
  }

  @Test
  void survives_any_damage_to_the_descriptors() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var bytes = set(ProtoFile.cart(), importing("b.proto", "cart.proto")).toByteArray();
    for (int round = 0; round < 5_000; round++) {
      var damaged = bytes.clone();
      for (int i = 0; i <= round % 4; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        DescriptorFiles.read(ByteString.copyFrom(damaged), problems);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", round " + round, e);
      }
    }
  }

  private DescriptorFiles read(ProtoFile... files) {
    return DescriptorFiles.read(set(files).toByteString(), problems);
  }

  private static FileDescriptorSet set(ProtoFile... files) {
    var set = FileDescriptorSet.newBuilder();
    for (ProtoFile file : files) {
      set.addFile(file.proto());
    }
    return set.build();
  }

  /** A file with a message of its own that uses message {@code A} of the imported one. */
  private static ProtoFile importing(String name, String imported) {
    var field =
        ProtoFile.field("a", 1, FieldDescriptorProto.Type.TYPE_MESSAGE)
            .setTypeName(".test." + message(imported));
    return ProtoFile.named(name).imports(imported).message(message(name), field);
  }

  private static String message(String file) {
    return file.substring(0, file.indexOf('.')).toUpperCase(Locale.ROOT);
  }
}
