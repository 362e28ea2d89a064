// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.management;

import akka.actor.setup.Setup;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one proxy's operators' port. Given to its actor system, through which the server
 * finds them. Safe for use by many threads.
 */
public final class ManagementPages extends Setup {

  private final Map<String, Page> pages = new ConcurrentHashMap<>();

  /**
   * Shows {@code page} from now on, also when the port is open already.
   *
   * @param path begins with a slash
   * @throws IllegalArgumentException when another page has that path
   */
  public void add(String path, Page page) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("a path begins with a slash: " + path);
    }
    if (pages.putIfAbsent(path, page) != null) {
      throw new IllegalArgumentException("two pages with the path " + path);
    }
  }

  @Nullable Page find(String path) {
    return pages.get(path);
  }
}
