// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.management;

import akka.actor.ActorSystem;
import akka.management.javadsl.AkkaManagement;
import io.holdfast.proxy.text.AddressText;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operators' port, while it is open. It closes when the node has left its cluster. */
public final class ManagementPort {

  private static final Logger log = LoggerFactory.getLogger(ManagementPort.class);

  private ManagementPort() {}

  /**
   * Opens it.
   *
   * @return the port that is open; another than configured if that was 0
   * @throws IllegalStateException when it cannot be opened
   */
  public static int open(ActorSystem system, ManagementSettings settings) {
    try {
      int port = AkkaManagement.get(system).start().toCompletableFuture().join().port();
      log.info("Operators' pages are on {}", AddressText.of(settings.host(), port));
      return port;
    } catch (CompletionException e) {
      throw new IllegalStateException(
          "cannot listen on "
              + AddressText.of(settings.host(), settings.port())
              + " (holdfast.management.port, HOLDFAST_MANAGEMENT_PORT): "
              + (e.getCause() == null ? e : e.getCause()).getMessage(),
          e);
    }
  }
}
