// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.holdfast.conformance.proxyside.DiscoveredFunctionSuite;
import io.holdfast.conformance.proxyside.EventSourcedFunctionSuite;
import io.holdfast.conformance.wire.Channels;
import io.holdfast.protocol.EntityDiscoveryGrpc;
import io.holdfast.protocol.ProxyInfo;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * A function of the Cloudstate library for Java, before a proxy that the suites play.
 *
 * <p>What a proxy must not say is not tried on it: the library takes events in any order, commands
 * of any id and payloads of any type, and after a command that it does not know it may not answer
 * other streams for a while. Nor are forwards from a handler that may also reply, side effects and
 * headers, which it does not have.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(Lifecycle.PER_CLASS)
class CloudstateJavaFunctionTest {

  private static final String EVENT_SOURCED = "cloudstate.eventsourced.EventSourced";

  private final ForeignFunction function;
  private final ManagedChannel channel;

  CloudstateJavaFunctionTest(@TempDir Path folder) {
    function = new ForeignFunction(folder.resolve("function.log"));
    channel = Channels.toAkka(function.port(), EntityDiscoveryGrpc.SERVICE_NAME);
    awaitUp();
  }

  private void awaitUp() {
    var unused =
        EntityDiscoveryGrpc.newBlockingStub(channel)
            .withWaitForReady()
            .withDeadlineAfter(60, TimeUnit.SECONDS)
            .discover(ProxyInfo.getDefaultInstance());
  }

  @AfterAll
  void stop() {
    channel.shutdownNow();
    function.close();
  }

  @Nested
  class Discovered extends DiscoveredFunctionSuite {
    @Override
    protected Channel function() {
      return channel;
    }

    @Override
    protected Map<String, String> served() {
      return Map.of(
          "holdfast.conformance.Ledger", EVENT_SOURCED,
          "holdfast.conformance.model.EventSourcedModel", EVENT_SOURCED);
    }
  }

  @Nested
  class EventSourced extends EventSourcedFunctionSuite {
    @Override
    protected Channel function() {
      return channel;
    }
  }
}
