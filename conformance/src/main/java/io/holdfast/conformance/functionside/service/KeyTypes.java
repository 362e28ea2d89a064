// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside.service;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import io.holdfast.conformance.functionside.Announcements;
import io.holdfast.conformance.wire.EventSourcedKind;
import io.holdfast.conformance.wire.Models;
import io.holdfast.protocol.EntityKeyProto;
import io.holdfast.protocol.EntitySpec;
import java.time.Duration;

/** Announcements of one service whose one method has a key of a type to be tried. */
final class KeyTypes {

  private static final String PACKAGE = "holdfast.conformance.keys";

  private KeyTypes() {}

  static EntitySpec key(FieldDescriptorProto.Type type) {
    return announcing(field(type).build());
  }

  static EntitySpec repeated() {
    return announcing(
        field(FieldDescriptorProto.Type.TYPE_STRING)
            .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED)
            .build());
  }

  static EntitySpec message() {
    return announcing(
        field(FieldDescriptorProto.Type.TYPE_MESSAGE)
            .setTypeName("." + PACKAGE + ".Keyed")
            .build());
  }

  static EntitySpec map() {
    var entry =
        DescriptorProto.newBuilder()
            .setName("KeyEntry")
            .setOptions(MessageOptions.newBuilder().setMapEntry(true))
            .addField(plain("key", 1, FieldDescriptorProto.Type.TYPE_STRING))
            .addField(plain("value", 2, FieldDescriptorProto.Type.TYPE_STRING));
    var field =
        field(FieldDescriptorProto.Type.TYPE_MESSAGE)
            .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED)
            .setTypeName("." + PACKAGE + ".Keyed.KeyEntry");
    return announcing(DescriptorProto.newBuilder().addField(field).addNestedType(entry));
  }

  private static FieldDescriptorProto.Builder field(FieldDescriptorProto.Type type) {
    return plain("key", 1, type)
        .setOptions(FieldOptions.newBuilder().setExtension(EntityKeyProto.entityKey, true));
  }

  private static FieldDescriptorProto.Builder plain(
      String name, int number, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
  }

  private static EntitySpec announcing(FieldDescriptorProto key) {
    return announcing(DescriptorProto.newBuilder().addField(key));
  }

  private static EntitySpec announcing(DescriptorProto.Builder keyed) {
    var method =
        MethodDescriptorProto.newBuilder()
            .setName("Do")
            .setInputType("." + PACKAGE + ".Keyed")
            .setOutputType("." + PACKAGE + ".Keyed");
    var file =
        FileDescriptorProto.newBuilder()
            .setName("holdfast/conformance/keys.proto")
            .setPackage(PACKAGE)
            .setSyntax("proto3")
            .addDependency("cloudstate/entity_key.proto")
            .addMessageType(keyed.setName("Keyed"))
            .addService(ServiceDescriptorProto.newBuilder().setName("Keys").addMethod(method));
    return Announcements.only(
            Announcements.entity(
                EventSourcedKind.EVENT_SOURCED.entityType(),
                PACKAGE + ".Keys",
                Duration.ofMinutes(1)))
        .toBuilder()
        .setProto(Models.descriptors().toBuilder().addFile(file).build().toByteString())
        .build();
  }
}
