// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.proxyside;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Channel;
import io.holdfast.conformance.wire.Call;
import io.holdfast.protocol.Entity;
import io.holdfast.protocol.EntityDiscoveryGrpc;
import io.holdfast.protocol.EntitySpec;
import io.holdfast.protocol.ProxyInfo;
import io.holdfast.protocol.UserFunctionError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a function must answer when a proxy asks what it serves. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class DiscoveredFunctionSuite {

  /** Leads to the function. */
  protected abstract Channel function();

  /** The services that it serves, by full name, and the kind of each. */
  protected abstract Map<String, String> served();

  private EntitySpec discover() {
    return Call.unary(
            function(),
            EntityDiscoveryGrpc.getDiscoverMethod(),
            ProxyInfo.newBuilder()
                .setProtocolMajorVersion(0)
                .setProtocolMinorVersion(2)
                .setProxyName("conformance")
                .setProxyVersion("1")
                .addSupportedEntityTypes("cloudstate.eventsourced.EventSourced")
                .addSupportedEntityTypes("cloudstate.valueentity.ValueEntity")
                .addSupportedEntityTypes("cloudstate.crdt.Crdt")
                .addSupportedEntityTypes("cloudstate.action.ActionProtocol")
                .build())
        .reply();
  }

  @Test
  void a_function_announces_each_service_with_its_kind() {
    assertThat(
            discover().getEntitiesList().stream()
                .collect(Collectors.toMap(Entity::getServiceName, Entity::getEntityType)))
        .isEqualTo(served());
  }

  @Test
  void a_function_announces_version_0_2_or_none() {
    var info = discover().getServiceInfo();
    assertThat(info.getProtocolMajorVersion()).isZero();
    assertThat(info.getProtocolMinorVersion()).isIn(0, 2);
  }

  @Test
  void the_descriptors_define_every_service_and_come_with_all_their_imports()
      throws InvalidProtocolBufferException {
    var files = FileDescriptorSet.parseFrom(discover().getProto()).getFileList();
    assertThat(files).extracting(FileDescriptorProto::getName).containsAll(imports(files));
    assertThat(services(files)).containsAll(served().keySet());
  }

  private static List<String> imports(List<FileDescriptorProto> files) {
    return files.stream().flatMap(file -> file.getDependencyList().stream()).toList();
  }

  private static List<String> services(List<FileDescriptorProto> files) {
    var services = new ArrayList<String>();
    for (FileDescriptorProto file : files) {
      file.getServiceList()
          .forEach(service -> services.add(file.getPackage() + "." + service.getName()));
    }
    return services;
  }

  @Test
  void a_function_may_be_asked_again_by_another_proxy_and_says_the_same() {
    assertThat(discover()).isEqualTo(discover());
  }

  @Test
  void a_function_takes_what_it_is_told_of_its_errors() {
    var told =
        Call.unary(
            function(),
            EntityDiscoveryGrpc.getReportErrorMethod(),
            UserFunctionError.newBuilder().setMessage("a suite's own").build());
    assertThat(told.reply()).isEqualTo(Empty.getDefaultInstance());
  }
}
