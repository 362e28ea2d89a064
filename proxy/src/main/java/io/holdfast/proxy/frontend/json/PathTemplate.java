// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A path as {@code google/api/http.proto} writes it: {@code /v1/{name=shelves/*}/books/**:verb}.
 *
 * @param segments a literal each, or {@code *} for any one segment, or, as the last only, {@code
 *     **} for any number of them
 * @param verb what follows the last colon; empty when there is none
 */
record PathTemplate(List<String> segments, List<Variable> variables, String verb)
    implements Comparable<PathTemplate> {

  static final String ONE = "*";
  static final String REST = "**";

  /** The segments from {@code start} to before {@code end} are the value of a field. */
  record Variable(String fieldPath, int start, int end) {}

  PathTemplate {
    segments = List.copyOf(segments);
    variables = List.copyOf(variables);
  }

  /**
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  static PathTemplate parse(String text) {
    return new PathTemplateParser(text).parse();
  }

  /**
   * The variables' values, if the path fits.
   *
   * @param path as it came: percent-encoded, without the query
   */
  Optional<Map<String, String>> match(String path) {
    if (path.isEmpty() || path.charAt(0) != '/') {
      return Optional.empty();
    }
    String rest = path.substring(1);
    if (!verb.isEmpty()) {
      if (!rest.endsWith(':' + verb)) {
        return Optional.empty();
      }
      rest = rest.substring(0, rest.length() - verb.length() - 1);
    }
    List<String> parts = rest.isEmpty() ? List.of() : List.of(rest.split("/", -1));
    return fits(parts) ? Optional.of(values(parts)) : Optional.empty();
  }

  private boolean fits(List<String> parts) {
    boolean open = !segments.isEmpty() && segments.get(segments.size() - 1).equals(REST);
    int fixed = open ? segments.size() - 1 : segments.size();
    if (open ? parts.size() < fixed : parts.size() != fixed) {
      return false;
    }
    for (int i = 0; i < fixed; i++) {
      String segment = segments.get(i);
      String part = parts.get(i);
      if (segment.equals(ONE) ? part.isEmpty() : !segment.equals(PercentCode.decode(part))) {
        return false;
      }
    }
    return true;
  }

  private Map<String, String> values(List<String> parts) {
    var values = new LinkedHashMap<String, String>();
    for (Variable variable : variables) {
      boolean open = segments.get(variable.end() - 1).equals(REST);
      List<String> taken = parts.subList(variable.start(), open ? parts.size() : variable.end());
      boolean single = !open && taken.size() == 1;
      values.put(
          variable.fieldPath(),
          taken.stream()
              // A slash that was encoded stays so where slashes separate segments.
              .map(part -> single ? PercentCode.decode(part) : PercentCode.decodeButSlash(part))
              .collect(Collectors.joining("/")));
    }
    return values;
  }

  /** The same for templates that fit the same paths. */
  String shape() {
    return String.join("/", segments) + ':' + verb;
  }

  /** The more particular template comes first. */
  @Override
  public int compareTo(PathTemplate other) {
    if (verb.isEmpty() != other.verb.isEmpty()) {
      return verb.isEmpty() ? 1 : -1;
    }
    int common = Math.min(segments.size(), other.segments.size());
    for (int i = 0; i < common; i++) {
      int order = Integer.compare(rank(segments.get(i)), rank(other.segments.get(i)));
      if (order != 0) {
        return order;
      }
    }
    int order = Integer.compare(other.segments.size(), segments.size());
    return order != 0 ? order : shape().compareTo(other.shape());
  }

  private static int rank(String segment) {
    return List.of(ONE, REST).indexOf(segment) + 1;
  }

  /** All that a template may hold is read in one pass, from left to right. */
  private static final class PathTemplateParser {
    private final String text;
    private final List<String> segments = new ArrayList<>();
    private final List<Variable> variables = new ArrayList<>();
    private int at;

    PathTemplateParser(String text) {
      this.text = text;
    }

    PathTemplate parse() {
      String verb = "";
      if (!text.startsWith("/")) {
        throw wrong("must begin with a slash");
      }
      while (at < text.length() && text.charAt(at) == '/') {
        at++;
        segment(false);
      }
      if (at < text.length() && text.charAt(at) == ':') {
        verb = text.substring(at + 1);
        at = text.length();
      }
      if (at < text.length()) {
        throw wrong("has something unexpected at '" + text.substring(at) + "'");
      }
      int rest = segments.indexOf(REST);
      if (rest >= 0 && rest != segments.size() - 1) {
        throw wrong("has ** in another place than the last");
      }
      return new PathTemplate(segments, variables, verb);
    }

    private void segment(boolean inVariable) {
      if (at < text.length() && text.charAt(at) == '{') {
        if (inVariable) {
          throw wrong("has a variable in a variable");
        }
        variable();
        return;
      }
      int start = at;
      while (at < text.length() && "/:{}=".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      if (start == at) {
        if (!segments.isEmpty() || at < text.length()) {
          throw wrong("has an empty segment");
        }
        return;
      }
      segments.add(text.substring(start, at));
    }

    private void variable() {
      int close = text.indexOf('}', at);
      if (close < 0) {
        throw wrong("has a { without its }");
      }
      int equals = text.indexOf('=', at);
      boolean named = equals >= 0 && equals < close;
      String field = text.substring(at + 1, named ? equals : close);
      int start = segments.size();
      if (named) {
        at = equals;
        do {
          at++;
          segment(true);
        } while (text.charAt(at) == '/');
        if (at != close) {
          throw wrong("has something unexpected at '" + text.substring(at) + "'");
        }
      } else {
        segments.add(ONE);
      }
      at = close + 1;
      variables.add(new Variable(field, start, segments.size()));
    }

    private IllegalArgumentException wrong(String what) {
      return new IllegalArgumentException("path '" + text + "' " + what);
    }
  }
}
