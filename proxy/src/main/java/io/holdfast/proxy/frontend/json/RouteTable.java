// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.json;

import com.linecorp.armeria.common.HttpMethod;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the binding for a request. Where several fit, the one with the most particular path wins,
 * and of one path that which names the HTTP method.
 */
final class RouteTable {

  /** A binding that fits, and the values of the variables in its path. */
  record Match(HttpBinding binding, Map<String, String> variables) {}

  private final List<HttpBinding> bindings;

  RouteTable(List<HttpBinding> bindings) {
    this.bindings =
        bindings.stream()
            .sorted(
                Comparator.comparing(HttpBinding::path)
                    .thenComparing(binding -> binding.httpMethod() == null))
            .toList();
  }

  /**
   * @param path as it came: percent-encoded, without the query
   */
  Optional<Match> find(HttpMethod method, String path) {
    for (HttpBinding binding : bindings) {
      if (binding.takes(method)) {
        Optional<Map<String, String>> variables = binding.path().match(path);
        if (variables.isPresent()) {
          return Optional.of(new Match(binding, variables.get()));
        }
      }
    }
    return Optional.empty();
  }

  /** The HTTP methods by which something is at this path. */
  Set<String> methodsAt(String path) {
    var methods = new TreeSet<String>();
    bindings.stream()
        .filter(binding -> binding.path().match(path).isPresent())
        .forEach(binding -> methods.add(binding.methodName()));
    return methods;
  }
}
