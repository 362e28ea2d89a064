// SPDX-License-Identifier: Apache-2.0
package io.holdfast.deploy;

import static io.holdfast.deploy.ComposeFile.list;
import static io.holdfast.deploy.ComposeFile.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Objects for Kubernetes. */
final class Manifests {

  private final List<Map<String, Object>> objects = new ArrayList<>();

  /**
   * @param yaml documents with an object each; none may name a key twice
   */
  Manifests(String yaml) {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    for (Object document : new Yaml(new SafeConstructor(options)).loadAll(yaml)) {
      if (document != null) {
        objects.add(map(document));
      }
    }
  }

  List<Map<String, Object>> objects() {
    return objects;
  }

  List<String> kinds() {
    return objects.stream().map(object -> String.valueOf(object.get("kind"))).toList();
  }

  /** The first of its kind. */
  Map<String, Object> one(String kind) {
    return objects.stream()
        .filter(object -> kind.equals(object.get("kind")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind));
  }

  /** What a path leads to; numbers are places in lists. */
  static Object at(Object from, Object... path) {
    Object at = from;
    for (Object step : path) {
      Object next = step instanceof Integer place ? list(at).get(place) : map(at).get(step);
      at = Objects.requireNonNull(next, () -> "no " + step + " on the way " + List.of(path));
    }
    return at;
  }

  Map<String, Object> pod() {
    return map(at(one("Deployment"), "spec", "template", "spec"));
  }

  Map<String, Object> proxy() {
    return map(at(pod(), "containers", 0));
  }

  Map<String, Object> function() {
    return map(at(pod(), "initContainers", 0));
  }

  /** By name; a value that comes from elsewhere in its JSON-like form. */
  static Map<String, String> environment(Map<String, Object> container) {
    Map<String, String> environment = new TreeMap<>();
    for (Object variable : list(at(container, "env"))) {
      Map<String, Object> named = map(variable);
      String before =
          environment.put(
              String.valueOf(named.get("name")),
              String.valueOf(named.getOrDefault("value", named.get("valueFrom"))));
      if (before != null) {
        throw new AssertionError("twice: " + named.get("name"));
      }
    }
    return environment;
  }
}
