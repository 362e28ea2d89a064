// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.wire;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.holdfast.conformance.model.EdgesProto;
import io.holdfast.conformance.model.ModelProto;
import io.holdfast.conformance.model.Request;
import io.holdfast.conformance.model.Response;
import io.holdfast.conformance.model.Step;
import io.holdfast.protocol.Command;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The model's messages and descriptors. */
public final class Models {

  private Models() {}

  /** The descriptors of all services of the suites, imports first. */
  public static FileDescriptorSet descriptors() {
    return descriptors(ModelProto.getDescriptor(), EdgesProto.getDescriptor());
  }

  /** These files and what they import, imports first. */
  public static FileDescriptorSet descriptors(FileDescriptor... files) {
    Map<String, FileDescriptor> all = new LinkedHashMap<>();
    for (FileDescriptor file : files) {
      collect(file, all);
    }
    var set = FileDescriptorSet.newBuilder();
    all.values().forEach(file -> set.addFile(file.toProto()));
    return set.build();
  }

  private static void collect(FileDescriptor file, Map<String, FileDescriptor> into) {
    file.getDependencies().forEach(dependency -> collect(dependency, into));
    into.putIfAbsent(file.getName(), file);
  }

  public static Request request(String id, Step... steps) {
    var request = Request.newBuilder().setId(id);
    for (Step step : steps) {
      request.addSteps(step);
    }
    return request.build();
  }

  public static Step append(String text) {
    return Step.newBuilder().setAppend(text).build();
  }

  public static Response response(String text) {
    return Response.newBuilder().setText(text).build();
  }

  public static String service(MethodDescriptor<?, ?> method) {
    return Objects.requireNonNull(method.getServiceName());
  }

  public static String name(MethodDescriptor<?, ?> method) {
    return Objects.requireNonNull(method.getBareMethodName());
  }

  /** What the function is sent of a command without metadata. */
  public static Command command(
      long commandId, MethodDescriptor<?, ?> method, String id, Message payload) {
    return Command.newBuilder()
        .setEntityId(id)
        .setId(commandId)
        .setName(name(method))
        .setPayload(Anys.of(payload))
        .build();
  }
}
