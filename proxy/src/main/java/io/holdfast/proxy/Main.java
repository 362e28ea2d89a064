// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import com.typesafe.config.ConfigException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The proxy as a process. Shuts down gracefully when a signal tells it to stop; exits with 1 and
 * one sentence on standard error when it cannot start, with 3 and a sentence when its cluster has
 * put it out.
 */
public final class Main {

  private static final String LOGBACK_CONFIGURATION = "logback.configurationFile";

  private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

  private static final int CANNOT_START = 1;
  private static final int REMOVED = 3;

  private Main() {}

  public static void main(String[] args) {
    logAsProcess();
    if (System.getProperty(LEAK_DETECTION) == null) {
      // It records a stack trace for one buffer in 128, which costs more than handling a command.
      System.setProperty(LEAK_DETECTION, "disabled");
    }
    Proxy proxy;
    try {
      proxy = Proxy.start(ProxyConfig.load());
    } catch (StartupException | ConfigException e) {
      stopWith(e);
      return;
    }
    Thread hook = new Thread(proxy::close, "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      // Here, not on the thread that hears it: to exit is to shut down, which waits for that one.
      CompletableFuture.anyOf(
              proxy.closed().toCompletableFuture(),
              proxy.ready().thenCompose(ready -> proxy.closed()).toCompletableFuture())
          .join();
      proxy.removal().ifPresent(sentence -> stopWith(REMOVED, sentence));
    } catch (CompletionException e) {
      stopWith(e.getCause() == null ? e : e.getCause());
    }
  }

  /** To be called before anything logs. */
  static void logAsProcess() {
    if (System.getProperty(LOGBACK_CONFIGURATION) == null) {
      System.setProperty(LOGBACK_CONFIGURATION, "holdfast-logback.xml");
    }
    // gRPC logs there.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  private static void stopWith(Throwable failure) {
    stopWith(CANNOT_START, String.valueOf(failure.getMessage()));
  }

  private static void stopWith(int exitCode, String sentence) {
    System.err.println("holdfast: " + sentence);
    System.exit(exitCode);
  }
}
