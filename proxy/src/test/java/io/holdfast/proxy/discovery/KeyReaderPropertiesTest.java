// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_GROUP;
import static io.holdfast.proxy.discovery.ProtoFile.field;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import io.holdfast.proxy.command.EntityId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The readers against the parser that they spare us. */
class KeyReaderPropertiesTest {

  private static final Descriptor MESSAGE = message();
  private static final int UNKNOWN_FIELD = 1000;

  @Property
  void reads_what_the_parsed_message_holds(
      @ForAll("keys") List<FieldDescriptor> keys,
      @ForAll("occurrences") List<Occurrence> occurrences)
      throws IOException {
    var bytes = Wire.bytes(out -> writeAll(occurrences, out));
    var parsed = DynamicMessage.parseFrom(MESSAGE, bytes);
    var values =
        keys.stream().map(key -> type(key).text(parsed.getField(key))).toArray(String[]::new);

    assertThat(reader(keys).read(bytes)).isEqualTo(KeyText.join(values));
  }

  @Property
  void reads_the_same_from_bytes_in_pieces(
      @ForAll("keys") List<FieldDescriptor> keys,
      @ForAll("occurrences") List<Occurrence> occurrences)
      throws IOException {
    var pieces = ByteString.EMPTY;
    for (Occurrence occurrence : occurrences) {
      pieces = pieces.concat(Wire.bytes(occurrence::write));
    }
    var whole = ByteString.copyFrom(pieces.toByteArray());
    assertThat(reader(keys).read(pieces)).isEqualTo(reader(keys).read(whole));
  }

  @Property
  void gives_two_lists_of_values_one_key_only_if_they_are_equal_or_lack_a_value(
      @ForAll("values") List<String> first, @ForAll("values") List<String> second) {
    var firstKey = KeyText.join(first.toArray(String[]::new));
    var secondKey = KeyText.join(second.toArray(String[]::new));
    var sameValues =
        first.equals(second)
            || (first.stream().anyMatch(String::isEmpty)
                && second.stream().anyMatch(String::isEmpty));
    assertThat(firstKey.equals(secondKey)).isEqualTo(sameValues);
  }

  @Property
  void shows_the_function_the_values_joined_with_a_dash(@ForAll("values") List<String> values) {
    var key = KeyText.join(values.toArray(String[]::new));
    if (!key.isEmpty()) {
      assertThat(new EntityId("e", key).shown()).isEqualTo(String.join("-", values));
    }
  }

  @Provide
  Arbitrary<List<String>> values() {
    var alphabet = Arbitraries.strings().withChars("a|\\-").ofMaxLength(3);
    return alphabet.list().ofMinSize(1).ofMaxSize(3);
  }

  @Provide
  Arbitrary<List<FieldDescriptor>> keys() {
    var possible = MESSAGE.getFields().stream().filter(f -> KeyType.of(f).isPresent()).toList();
    return Arbitraries.subsetOf(Set.copyOf(possible))
        .filter(chosen -> !chosen.isEmpty())
        .map(chosen -> possible.stream().filter(chosen::contains).collect(Collectors.toList()));
  }

  @Provide
  Arbitrary<List<Occurrence>> occurrences() {
    var known = Arbitraries.of(MESSAGE.getFields()).map(f -> new Shape(f.getNumber(), f.getType()));
    var unknown =
        Arbitraries.of(FieldDescriptor.Type.values()).map(type -> new Shape(UNKNOWN_FIELD, type));
    var text = Arbitraries.strings().withChars("a|\\-\u00e9\u4e2d").ofMaxLength(4);
    return Combinators.combine(Arbitraries.oneOf(known, unknown), Arbitraries.longs(), text)
        .as(Occurrence::new)
        .list()
        .ofMaxSize(12);
  }

  record Shape(int number, FieldDescriptor.Type type) {}

  record Occurrence(Shape shape, long number, String text) {

    void write(CodedOutputStream out) throws IOException {
      int field = shape.number();
      switch (shape.type()) {
        case DOUBLE -> out.writeDouble(field, (double) number);
        case FLOAT -> out.writeFloat(field, (float) number);
        case INT64 -> out.writeInt64(field, number);
        case UINT64 -> out.writeUInt64(field, number);
        case INT32 -> out.writeInt32(field, (int) number);
        case FIXED64 -> out.writeFixed64(field, number);
        case FIXED32 -> out.writeFixed32(field, (int) number);
        // More than a bool's one bit: any varint but 0 is true.
        case BOOL -> out.writeUInt64(field, number);
        case STRING -> out.writeString(field, text);
        case GROUP -> {
          out.writeTag(field, 3);
          out.writeString(1, text);
          out.writeTag(field, 4);
        }
        case MESSAGE -> out.writeByteArray(field, new byte[0]);
        case BYTES -> out.writeByteArray(field, text.getBytes(UTF_8));
        case UINT32 -> out.writeUInt32(field, (int) number);
        // Numbers that the enum lacks, too.
        case ENUM -> out.writeEnum(field, (int) (number % 5));
        case SFIXED32 -> out.writeSFixed32(field, (int) number);
        case SFIXED64 -> out.writeSFixed64(field, number);
        case SINT32 -> out.writeSInt32(field, (int) number);
        case SINT64 -> out.writeSInt64(field, number);
      }
    }
  }

  private static void writeAll(List<Occurrence> occurrences, CodedOutputStream out)
      throws IOException {
    for (Occurrence occurrence : occurrences) {
      occurrence.write(out);
    }
  }

  private static EntityKeyReader reader(List<FieldDescriptor> keys) {
    return WireKeyReader.of(keys.stream().map(key -> new KeyField(key, type(key))).toList());
  }

  private static KeyType type(FieldDescriptor key) {
    return KeyType.of(key).orElseThrow();
  }

  /** A message with a field of every type, alone, repeated, and in a oneof. */
  private static Descriptor message() {
    var fields = new ArrayList<FieldDescriptorProto.Builder>();
    for (FieldDescriptorProto.Type type : FieldDescriptorProto.Type.values()) {
      if (type != TYPE_GROUP) {
        int number = fields.size() + 1;
        fields.add(typed("alone" + number, number, type));
        fields.add(typed("repeated" + number, number + 1, type).setLabel(Label.LABEL_REPEATED));
        fields.add(typed("one" + number, number + 2, type).setOneofIndex(0));
      }
    }
    var file =
        ProtoFile.named("every.proto")
            .message("Every", fields.toArray(FieldDescriptorProto.Builder[]::new));
    file.proto()
        .getMessageTypeBuilder(0)
        .addOneofDecl(OneofDescriptorProto.newBuilder().setName("one"));
    file.proto()
        .addEnumType(
            EnumDescriptorProto.newBuilder()
                .setName("Colour")
                .addValue(EnumValueDescriptorProto.newBuilder().setName("RED").setNumber(0))
                .addValue(EnumValueDescriptorProto.newBuilder().setName("BLUE").setNumber(2)));
    return Linked.file(file).findMessageTypeByName("Every");
  }

  private static FieldDescriptorProto.Builder typed(
      String name, int number, FieldDescriptorProto.Type type) {
    var field = field(name, number, type);
    return switch (type) {
      case TYPE_ENUM -> field.setTypeName(".test.Colour");
      case TYPE_MESSAGE -> field.setTypeName(".google.protobuf.Empty");
      default -> field;
    };
  }
}
