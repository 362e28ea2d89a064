// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.UnknownFieldSet;
import io.holdfast.protocol.Entity;
import io.holdfast.protocol.EntitySpec;
import io.holdfast.protocol.ServiceInfo;
import java.util.Arrays;

/** Writes a .proto file in package {@code test}, and what a function announces about it. */
public final class ProtoFile {

  public static final int KEY = 1080;
  public static final int LEGACY_KEY = 50002;

  private final FileDescriptorProto.Builder file;

  private ProtoFile(String name) {
    file =
        FileDescriptorProto.newBuilder()
            .setName(name)
            .setPackage("test")
            .setSyntax("proto3")
            .addDependency("google/protobuf/empty.proto");
  }

  public static ProtoFile named(String name) {
    return new ProtoFile(name);
  }

  /** A service {@code test.Cart} whose one method {@code AddItem} has the key {@code user_id}. */
  public static ProtoFile cart() {
    return named("cart.proto")
        .message("AddItem", key(field("user_id", 1, TYPE_STRING)), stringField("item", 2))
        .service("Cart", unary("AddItem", ".test.AddItem"));
  }

  public ProtoFile imports(String name) {
    file.addDependency(name);
    return this;
  }

  public ProtoFile message(String name, FieldDescriptorProto.Builder... fields) {
    var message = DescriptorProto.newBuilder().setName(name);
    Arrays.stream(fields).forEach(message::addField);
    file.addMessageType(message);
    return this;
  }

  public ProtoFile service(String name, MethodDescriptorProto.Builder... methods) {
    var service = ServiceDescriptorProto.newBuilder().setName(name);
    Arrays.stream(methods).forEach(service::addMethod);
    file.addService(service);
    return this;
  }

  public FileDescriptorProto.Builder proto() {
    return file;
  }

  public static FieldDescriptorProto.Builder field(
      String name, int number, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(Label.LABEL_OPTIONAL);
  }

  public static FieldDescriptorProto.Builder stringField(String name, int number) {
    return field(name, number, TYPE_STRING);
  }

  public static FieldDescriptorProto.Builder key(FieldDescriptorProto.Builder field) {
    return marked(field, KEY);
  }

  /** Sets a bool option by its number, as files do whose definition of it is not ours. */
  public static FieldDescriptorProto.Builder marked(FieldDescriptorProto.Builder field, int... by) {
    var options = UnknownFieldSet.newBuilder();
    for (int option : by) {
      options.addField(option, UnknownFieldSet.Field.newBuilder().addVarint(1).build());
    }
    return field.setOptions(FieldOptions.newBuilder().setUnknownFields(options.build()));
  }

  /** A method that answers with Empty. */
  public static MethodDescriptorProto.Builder unary(String name, String input) {
    return MethodDescriptorProto.newBuilder()
        .setName(name)
        .setInputType(input)
        .setOutputType(".google.protobuf.Empty");
  }

  /** An event-sourced entity behind service {@code test.<service>}. */
  public static Entity.Builder eventSourced(String service, String persistenceId) {
    return Entity.newBuilder()
        .setEntityType("cloudstate.eventsourced.EventSourced")
        .setServiceName("test." + service)
        .setPersistenceId(persistenceId);
  }

  /** What a function of this release's protocol version announces. */
  public static EntitySpec.Builder spec(FileDescriptorSet set, Entity.Builder... entities) {
    var spec =
        EntitySpec.newBuilder()
            .setProto(set.toByteString())
            .setServiceInfo(
                ServiceInfo.newBuilder().setServiceName("test").setProtocolMinorVersion(2));
    Arrays.stream(entities).forEach(spec::addEntities);
    return spec;
  }

  public EntitySpec.Builder spec(Entity.Builder... entities) {
    return spec(FileDescriptorSet.newBuilder().addFile(file).build(), entities);
  }
}
