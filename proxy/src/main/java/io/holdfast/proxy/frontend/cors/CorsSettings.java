// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.cors;

import com.linecorp.armeria.common.HttpMethod;
import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What pages of other origins may do, as read from {@code holdfast.http.cors}; reference.conf says
 * what each means.
 *
 * @param origins none: pages of other origins may do nothing; {@code *}: those of any may
 * @param headers of requests; none: those that the page asks for
 * @param exposedHeaders of replies, beside those of gRPC-Web
 */
public record CorsSettings(
    List<String> origins,
    Set<HttpMethod> methods,
    List<String> headers,
    List<String> exposedHeaders,
    Duration maxAge,
    boolean credentials) {

  static final String ANY = "*";

  private static final String PATH = "holdfast.http.cors";

  public CorsSettings {
    origins = List.copyOf(origins);
    methods = Set.copyOf(methods);
    headers = List.copyOf(headers);
    exposedHeaders = List.copyOf(exposedHeaders);
    require(!origins.contains(ANY) || origins.size() == 1, "allowed-origins", "must be * alone");
    require(
        !credentials || !origins.contains(ANY),
        "allow-credentials",
        "must be off while allowed-origins is *: any page could act for its visitors");
    require(!methods.isEmpty(), "allowed-methods", "must name a method");
    require(!maxAge.isNegative(), "max-age", "must not be negative");
    headers.forEach(header -> requireHeader(header, "allowed-headers"));
    exposedHeaders.forEach(header -> requireHeader(header, "exposed-headers"));
    for (String origin : origins) {
      if (!origin.equals(ANY)) {
        requireOrigin(origin);
      }
    }
  }

  /**
   * Reads what pages of other origins may do.
   *
   * @param config {@code holdfast.http.cors}
   * @throws IllegalArgumentException naming the key, when a value makes no sense
   */
  public static CorsSettings from(Config config) {
    return new CorsSettings(
        list(config, "allowed-origins"),
        list(config, "allowed-methods").stream()
            .map(CorsSettings::method)
            .collect(Collectors.toSet()),
        list(config, "allowed-headers"),
        list(config, "exposed-headers"),
        config.getDuration("max-age"),
        config.getBoolean("allow-credentials"));
  }

  /** Whether anything is allowed. */
  public boolean enabled() {
    return !origins.isEmpty();
  }

  private static List<String> list(Config config, String key) {
    return Arrays.stream(config.getString(key).split(",", -1))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  private static HttpMethod method(String name) {
    HttpMethod method = HttpMethod.tryParse(name);
    require(method != null, "allowed-methods", "has \"" + name + "\", which is no HTTP method");
    return Objects.requireNonNull(method);
  }

  private static void requireHeader(String header, String key) {
    require(
        header.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+"),
        key,
        "has \"" + header + "\", which is no name of a header");
  }

  private static void requireOrigin(String origin) {
    try {
      AllowedOrigin.of(origin);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(PATH + ".allowed-origins " + e.getMessage(), e);
    }
  }

  private static void require(boolean holds, String key, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(PATH + '.' + key + ' ' + rule);
    }
  }
}
