// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.json;

/**
 * What a request asks for, as the client sent it: nothing decoded, no slash or semicolon taken out.
 * The server's own path is put into a normal form, in which different keys fall together.
 *
 * @param path percent-encoded, without the query
 * @param query percent-encoded; empty when there is none
 */
public record RawTarget(String path, String query) {

  /** Splits a request target at its first question mark. */
  public static RawTarget of(String target) {
    int mark = target.indexOf('?');
    return mark < 0
        ? new RawTarget(target, "")
        : new RawTarget(target.substring(0, mark), target.substring(mark + 1));
  }

  /** Whether path and query are UTF-8 once they are decoded, and every percent sign encodes. */
  boolean isText() {
    return PercentCode.isText(path) && PercentCode.isText(query);
  }
}
