// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.junit;

import io.grpc.Channel;
import io.holdfast.sdk.Function;
import io.holdfast.sdk.ServiceDescription;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A function and a real proxy in the test's own JVM.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final HoldfastExtension holdfast = HoldfastExtension.serving(Main.cart());
 *
 * @Test
 * void adds() {
 *   var carts = ShoppingCartGrpc.newBlockingStub(holdfast.channel());
 *   …
 *   holdfast.restartProxy();
 *   …
 * }
 * }</pre>
 *
 * In a static field, it runs from before the first test of the class until after the last, and
 * tests tell their entities apart by their ids; in another field, each test has its own. What is
 * stored lasts as long as it runs, across restarts of either side.
 */
public final class HoldfastExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

  private final Function function;
  private final Map<String, Object> settings = new LinkedHashMap<>();
  private @Nullable Pair pair;
  private boolean ofClass;

  private HoldfastExtension(Function function) {
    this.function = function;
  }

  /** With a function that serves these entities and actions. */
  public static HoldfastExtension serving(ServiceDescription... services) {
    return serving(Function.of(services));
  }

  /** With this function; its host and port are chosen for it. */
  public static HoldfastExtension serving(Function function) {
    return new HoldfastExtension(function);
  }

  /**
   * Sets one key of the proxy's configuration, {@code "holdfast.entity.answer-timeout"} say. To be
   * called before it starts.
   */
  public HoldfastExtension with(String key, Object value) {
    settings.put(key, value);
    return this;
  }

  /** Leads to the proxy, as a client. Stays the same across restarts. */
  public Channel channel() {
    return running().channel();
  }

  /** Where the proxy serves HTTP/JSON; resolve a path against it. */
  public URI http() {
    return running().http();
  }

  /**
   * Shuts the proxy down and starts it again on the same store and port. Entities are recovered by
   * their next command.
   */
  public void restartProxy() {
    running().restartProxy();
  }

  /** Shuts the function down and starts it again; returns once the proxy has found it. */
  public void restartFunction() {
    running().restartFunction();
  }

  /**
   * Shuts the function down and starts one that serves these entities and actions in its place, as
   * an update does: shows that what is stored is read by the new version. Returns once the proxy
   * has found it. It stays for the tests to come.
   */
  public void restartFunction(ServiceDescription... services) {
    running().restartFunction(Function.of(services));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    ofClass = true;
    pair = Pair.start(function, settings);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (pair == null) {
      pair = Pair.start(function, settings);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (!ofClass) {
      stop();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (ofClass) {
      stop();
    }
  }

  private void stop() {
    Pair started = pair;
    pair = null;
    if (started != null) {
      started.close();
    }
  }

  private Pair running() {
    Pair started = pair;
    if (started == null) {
      throw new IllegalStateException(
          "Holdfast does not run: register the extension with @RegisterExtension, and use it inside"
              + " tests only");
    }
    return started;
  }
}
