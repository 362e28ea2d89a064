// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.holdfast.protocol.Entity;
import io.holdfast.protocol.EntitySpec;
import io.holdfast.protocol.ServiceInfo;
import io.holdfast.proxy.command.CommandMethod;
import io.holdfast.proxy.discovery.EntityKind;
import io.holdfast.proxy.discovery.EntityMethod;
import io.holdfast.proxy.discovery.EntityService;
import io.holdfast.proxy.discovery.FunctionSpec;
import io.holdfast.proxy.discovery.SpecCheck;
import io.holdfast.proxy.discovery.Verdict;
import io.holdfast.proxy.example.FormsProto;
import io.holdfast.proxy.example.ShelfProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a function that serves {@code example.Shelf} announces, as discovery would give it. */
public final class ExampleFunction {

  private static final Duration PASSIVATE_AFTER = Duration.ofSeconds(30);

  private ExampleFunction() {}

  /** Checked as the real one is. */
  public static FunctionSpec spec() {
    var set = FileDescriptorSet.newBuilder();
    files().forEach(file -> set.addFile(file.toProto()));
    var announced =
        EntitySpec.newBuilder()
            .setProto(set.build().toByteString())
            .setServiceInfo(
                ServiceInfo.newBuilder().setProtocolMajorVersion(0).setProtocolMinorVersion(2))
            .addEntities(
                Entity.newBuilder()
                    .setEntityType(EntityKind.EVENT_SOURCED.protocolService())
                    .setServiceName("example.Shelf")
                    .setPersistenceId("shelf"))
            .build();
    var verdict = new SpecCheck(true, PASSIVATE_AFTER).check(announced);
    if (verdict instanceof Verdict.Accepted accepted) {
      return accepted.spec();
    }
    throw new AssertionError(verdict);
  }

  /** The same, with a service that watches entities and one of streamed actions beside it. */
  public static FunctionSpec specWithStreams() {
    var spec = spec();
    var services = new ArrayList<>(spec.services());
    services.add(streamed("Watcher", EntityKind.EVENT_SOURCED));
    services.add(streamed("Desk", EntityKind.ACTION));
    return new FunctionSpec(spec.info(), spec.files(), services);
  }

  /** Actions whose whole messages have a JSON form of their own. */
  public static FunctionSpec specWithForms() {
    var files = new LinkedHashSet<FileDescriptor>();
    add(FormsProto.getDescriptor(), files);
    return new FunctionSpec(
        spec().info(),
        List.copyOf(files),
        List.of(service(FormsProto.getDescriptor().findServiceByName("Forms"), EntityKind.ACTION)));
  }

  private static EntityService streamed(String name, EntityKind kind) {
    return service(ShelfProto.getDescriptor().findServiceByName(name), kind);
  }

  private static EntityService service(ServiceDescriptor service, EntityKind kind) {
    var methods =
        service.getMethods().stream()
            .map(
                method ->
                    new EntityMethod(
                        new CommandMethod(
                            service.getFullName(),
                            method.getName(),
                            method.getInputType().getFullName(),
                            method.getOutputType().getFullName()),
                        method,
                        payload -> kind.keyed() ? "any" : ""))
            .toList();
    return new EntityService(service, kind, service.getFullName(), PASSIVATE_AFTER, methods);
  }

  private static Set<FileDescriptor> files() {
    var files = new LinkedHashSet<FileDescriptor>();
    add(ShelfProto.getDescriptor(), files);
    return files;
  }

  private static void add(FileDescriptor file, Set<FileDescriptor> files) {
    file.getDependencies().forEach(dependency -> add(dependency, files));
    files.add(file);
  }
}
