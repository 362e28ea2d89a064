// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import io.holdfast.sdk.definition.ServiceDefinition;
import io.holdfast.sdk.server.FunctionServer;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A function that listens. */
public final class RunningFunction implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Function.class);

  private final FunctionServer server;

  RunningFunction(
      FunctionServer server,
      FunctionSettings settings,
      Collection<? extends ServiceDefinition> definitions) {
    this.server = server;
    LOG.info(
        "Serving {} on {}:{}",
        definitions.stream().map(ServiceDefinition::serviceName).toList(),
        settings.host(),
        server.port());
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** Returns once it has stopped. */
  public void awaitStop() throws InterruptedException {
    server.awaitStop();
  }

  /** Takes nothing new, lets commands in flight end (for 10 seconds at most), stops. */
  @Override
  public void close() {
    server.stop();
  }
}
