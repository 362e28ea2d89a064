// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.cors;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One entry of the list of allowed origins: {@code https://shop.example.com}, with {@code *.}
 * before the host for each name below it, and with {@code :*} after the host for any port.
 */
final class AllowedOrigin implements Predicate<String> {

  private static final Pattern FORM =
      Pattern.compile("(https?)://(\\*\\.)?([a-z0-9.-]+|\\[[0-9a-f:.]+])(:(\\*|\\d{1,5}))?");

  private final Pattern origins;

  private AllowedOrigin(Pattern origins) {
    this.origins = origins;
  }

  /**
   * @throws IllegalArgumentException when it has not the form of an origin; the message is a
   *     sentence's end
   */
  static AllowedOrigin of(String entry) {
    var parts = FORM.matcher(entry.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "must name origins such as https://shop.example.com, https://*.example.com or"
              + " http://localhost:*, but has \""
              + entry
              + '"');
    }
    String below = parts.group(2) == null ? "" : "([a-z0-9-]+\\.)+";
    String port = parts.group(4) == null ? "" : port(parts.group(5));
    return new AllowedOrigin(
        Pattern.compile(parts.group(1) + "://" + below + Pattern.quote(parts.group(3)) + port));
  }

  private static String port(String port) {
    return port.equals("*") ? "(:\\d{1,5})?" : ':' + port;
  }

  /** Whether it stands for an origin that a browser names. */
  @Override
  public boolean test(String origin) {
    return origins.matcher(origin.toLowerCase(Locale.ROOT)).matches();
  }
}
