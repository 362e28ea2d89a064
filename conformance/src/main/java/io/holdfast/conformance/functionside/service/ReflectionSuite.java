// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServiceResponse;
import io.holdfast.conformance.functionside.Announcements;
import io.holdfast.conformance.functionside.FunctionSideSuite;
import io.holdfast.conformance.wire.Call;
import io.holdfast.conformance.wire.Models;
import io.holdfast.protocol.Entity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a proxy tells of the services that it serves. */
public abstract class ReflectionSuite extends FunctionSideSuite {

  private static List<String> announced() {
    return Announcements.model().getEntitiesList().stream().map(Entity::getServiceName).toList();
  }

  private static void complete(List<String> names) {
    assertThat(names).startsWith("grpc.reflection.v1alpha.ServerReflection");
    assertThat(names.subList(1, names.size()))
        .isSorted()
        .containsAll(announced())
        .noneMatch(name -> name.startsWith("grpc."));
  }

  @Test
  void reflection_v1_lists_the_older_version_and_then_the_discovered_services_sorted() {
    var call = Call.open(stage().clients(), ServerReflectionGrpc.getServerReflectionInfoMethod());
    call.send(ServerReflectionRequest.newBuilder().setListServices("").build());
    complete(
        call.next().getListServicesResponse().getServiceList().stream()
            .map(ServiceResponse::getName)
            .toList());
    call.halfClose();
    assertThat(call.end().isOk()).isTrue();
  }

  @Test
  void reflection_v1alpha_lists_the_same() {
    var call =
        Call.open(
            stage().clients(),
            io.grpc.reflection.v1alpha.ServerReflectionGrpc.getServerReflectionInfoMethod());
    call.send(
        io.grpc.reflection.v1alpha.ServerReflectionRequest.newBuilder()
            .setListServices("")
            .build());
    complete(
        call.next().getListServicesResponse().getServiceList().stream()
            .map(io.grpc.reflection.v1alpha.ServiceResponse::getName)
            .toList());
    call.halfClose();
    assertThat(call.end().isOk()).isTrue();
  }

  @Test
  void reflection_gives_the_file_of_a_discovered_service_as_it_was_announced() {
    var call = Call.open(stage().clients(), ServerReflectionGrpc.getServerReflectionInfoMethod());
    call.send(
        ServerReflectionRequest.newBuilder()
            .setFileContainingSymbol("holdfast.conformance.model.EventSourcedModel")
            .build());
    var model =
        Models.descriptors().getFileList().stream()
            .filter(file -> file.getName().endsWith("/model.proto"))
            .findFirst()
            .orElseThrow();
    assertThat(call.next().getFileDescriptorResponse().getFileDescriptorProtoList())
        .contains(model.toByteString());
    call.halfClose();
    assertThat(call.end().isOk()).isTrue();
  }
}
