// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import io.holdfast.proxy.discovery.EntityMethod;
import io.holdfast.proxy.discovery.EntityService;
import io.holdfast.proxy.discovery.FunctionSpec;
import io.holdfast.proxy.frontend.call.ServedMethod;
import io.holdfast.proxy.frontend.json.JsonApi;
import io.holdfast.proxy.metrics.CallMeters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one discovered function offers to clients, made ready for look-up. Immutable. */
final class ServedFunction {

  private final Map<String, ServedMethod> methods = new LinkedHashMap<>();
  private final List<String> serviceNames;
  private final JsonApi json;

  /**
   * @param meters where calls are counted
   */
  ServedFunction(FunctionSpec spec, CallMeters meters) {
    for (EntityService service : spec.services()) {
      for (EntityMethod method : service.methods()) {
        var served =
            new ServedMethod(
                service.entityType(),
                service.kind().keyed(),
                method,
                meters.method(service.entityType(), method.command().fullName()));
        methods.put(served.path(), served);
      }
    }
    serviceNames = spec.services().stream().map(EntityService::name).sorted().toList();
    json = new JsonApi(methods.values(), spec.files());
  }

  /** The method at {@code /service/method}. */
  @Nullable ServedMethod method(String path) {
    return methods.get(path);
  }

  /** The same methods over HTTP/JSON. */
  JsonApi json() {
    return json;
  }

  /** The full names of its services, sorted. */
  List<String> serviceNames() {
    return serviceNames;
  }
}
