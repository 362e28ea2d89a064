// SPDX-License-Identifier: Apache-2.0
package io.holdfast.deploy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/** A compose file as it is meant: anchors followed, variables replaced by their defaults. */
final class ComposeFile {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\w+:-([^}]*)}");

  private final Map<String, Object> content;

  private ComposeFile(Map<String, Object> content) {
    this.content = content;
  }

  static ComposeFile read(Path file) {
    Matcher variables = VARIABLE.matcher(Deployment.text(file));
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return new ComposeFile(map(new Yaml(new Merging(options)).load(variables.replaceAll("$1"))));
  }

  /** Compose's own mark for what takes the place of the earlier file's, instead of adding to it. */
  private static final class Merging extends SafeConstructor {
    Merging(LoaderOptions options) {
      super(options);
      yamlConstructors.put(
          new Tag("!override"),
          new AbstractConstruct() {
            @Override
            public Object construct(Node node) {
              return constructMapping((MappingNode) node);
            }
          });
    }
  }

  Map<String, Map<String, Object>> services() {
    Map<String, Map<String, Object>> services = new LinkedHashMap<>();
    section("services").forEach((name, service) -> services.put(name, map(service)));
    return services;
  }

  Map<String, Object> section(String name) {
    return map(content.getOrDefault(name, Map.of()));
  }

  /** Of one service, as the process in its container gets it. */
  Map<String, String> environment(String service) {
    Map<String, String> environment = new TreeMap<>();
    map(services().getOrDefault(service, Map.of()).getOrDefault("environment", Map.of()))
        .forEach((name, value) -> environment.put(name, String.valueOf(value)));
    return environment;
  }

  @SuppressWarnings("unchecked") // What YAML calls a mapping, with words for keys.
  static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  static List<Object> list(Object value) {
    return (List<Object>) value;
  }
}
