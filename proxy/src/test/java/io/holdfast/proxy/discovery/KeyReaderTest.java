// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_BOOL;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_UINT64;
import static io.holdfast.proxy.discovery.ProtoFile.field;
import static io.holdfast.proxy.discovery.ProtoFile.stringField;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.proxy.command.EntityId;
import java.util.ArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class KeyReaderTest {

  private final Descriptor message =
      Linked.file(
              ProtoFile.named("key.proto")
                  .message(
                      "Key",
                      stringField("text", 3),
                      field("number", 1, TYPE_INT64),
                      field("unsigned", 2, TYPE_UINT64),
                      field("flag", 4, TYPE_BOOL),
                      stringField("other", 5)))
          .findMessageTypeByName("Key");

  @Test
  void joins_the_fields_in_the_order_of_their_declaration() throws Exception {
    var bytes = message().set("other", "o").set("number", -7L).set("text", "t").bytes();
    assertThat(reader("text", "number", "flag", "other").read(bytes)).isEqualTo("t|-7|false|o");
  }

  @Test
  void prints_unsigned_numbers_without_a_sign() throws Exception {
    var bytes = message().set("unsigned", -1L).bytes();
    assertThat(reader("unsigned").read(bytes)).isEqualTo("18446744073709551615");
  }

  @Test
  void gives_absent_fields_their_default_values() throws Exception {
    assertThat(reader("text").read(ByteString.EMPTY)).isEmpty();
    assertThat(reader("number", "flag").read(ByteString.EMPTY)).isEqualTo("0|false");
  }

  @Test
  void gives_an_empty_key_when_all_its_fields_are_empty() throws Exception {
    assertThat(reader("text", "other").read(ByteString.EMPTY)).isEmpty();
  }

  @Test
  void takes_the_last_of_several_occurrences() throws Exception {
    var bytes = message().set("text", "a").bytes().concat(message().set("text", "b").bytes());
    assertThat(reader("text").read(bytes)).isEqualTo("b");
    assertThat(reader("text", "number").read(bytes)).isEqualTo("b|0");
  }

  @Test
  void keeps_keys_apart_that_the_function_is_shown_as_one() throws Exception {
    var reader = reader("text", "other");
    var first = new EntityId("e", reader.read(message("a-b", "c")));
    var second = new EntityId("e", reader.read(message("a", "b-c")));
    assertThat(first.shown()).isEqualTo(second.shown()).isEqualTo("a-b-c");
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void escapes_the_separator_and_the_escape_in_values() throws Exception {
    assertThat(reader("text", "other").read(message("a|b", "c\\"))).isEqualTo("a\\|b|c\\\\");
    assertThat(reader("text").read(message("a|b\\", ""))).isEqualTo("a\\|b\\\\");
  }

  @Test
  void refuses_a_key_field_of_the_wrong_wire_type() {
    refuses("text", out -> out.writeInt64(3, 1));
    refuses("number", out -> out.writeString(1, "1"));
  }

  @Test
  void refuses_a_key_that_is_not_utf_8() {
    refuses("text", out -> out.writeByteArray(3, new byte[] {(byte) 0xc3, 0x28}));
  }

  @Test
  void refuses_bytes_that_end_too_early() {
    refuses("text", out -> out.writeRawBytes(new byte[] {0x1a, 5, 'a'}));
    refuses("text", out -> out.writeRawBytes(new byte[] {0x2a, 5, 'a'}));
    refuses("number", out -> out.writeRawBytes(new byte[] {0x08, (byte) 0x80}));
  }

  @Test
  void refuses_bytes_that_are_no_fields() {
    refuses("text", out -> out.writeRawBytes(new byte[] {0}));
    refuses("text", out -> out.writeTag(9, 4));
    refuses("text", out -> out.writeTag(9, 3));
    refuses("text", out -> out.writeTag(9, 7));
  }

  private void refuses(String field, Wire.Writing writing) {
    var bytes = Wire.bytes(writing);
    assertThatThrownBy(() -> reader(field).read(bytes))
        .isInstanceOf(InvalidProtocolBufferException.class);
    assertThatThrownBy(() -> reader(field, "flag").read(bytes))
        .isInstanceOf(InvalidProtocolBufferException.class);
  }

  private EntityKeyReader reader(String... names) {
    var fields = new ArrayList<KeyField>();
    for (String name : names) {
      var field = message.findFieldByName(name);
      fields.add(new KeyField(field, KeyType.of(field).orElseThrow()));
    }
    return WireKeyReader.of(fields);
  }

  private ByteString message(String text, String other) {
    return message().set("text", text).set("other", other).bytes();
  }

  private MessageBytes message() {
    return new MessageBytes(DynamicMessage.newBuilder(message));
  }

  private record MessageBytes(DynamicMessage.Builder builder) {
    MessageBytes set(String field, Object value) {
      builder.setField(builder.getDescriptorForType().findFieldByName(field), value);
      return this;
    }

    ByteString bytes() {
      return builder.build().toByteString();
    }
  }
}
