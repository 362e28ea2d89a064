// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.sdk;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.holdfast.conformance.proxyside.ActionFunctionSuite;
import io.holdfast.conformance.proxyside.CrdtFunctionSuite;
import io.holdfast.conformance.proxyside.CrdtWrongInputSuite;
import io.holdfast.conformance.proxyside.DiscoveredFunctionSuite;
import io.holdfast.conformance.proxyside.EventSourcedFunctionSuite;
import io.holdfast.conformance.proxyside.EventSourcedWrongInputSuite;
import io.holdfast.conformance.proxyside.OnwardFunctionSuite;
import io.holdfast.conformance.proxyside.ValueFunctionSuite;
import io.holdfast.conformance.proxyside.ValueWrongInputSuite;
import io.holdfast.conformance.wire.Channels;
import io.holdfast.conformance.wire.CrdtKind;
import io.holdfast.conformance.wire.EventSourcedKind;
import io.holdfast.conformance.wire.ValueKind;
import io.holdfast.protocol.crdt.CrdtStreamIn;
import io.holdfast.protocol.crdt.CrdtStreamOut;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import io.holdfast.protocol.valueentity.ValueEntityStreamIn;
import io.holdfast.protocol.valueentity.ValueEntityStreamOut;
import io.holdfast.sdk.RunningFunction;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A function written with our SDK, before a proxy that the suites play. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(Lifecycle.PER_CLASS)
public class SdkFunctionTest {

  private final RunningFunction function = ModelFunction.start();
  private final ManagedChannel channel = Channels.to(function.port());

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
      return ModelFunction.SERVED;
    }
  }

  @Nested
  class EventSourced extends EventSourcedFunctionSuite {
    @Override
    protected Channel function() {
      return channel;
    }
  }

  @Nested
  class Value extends ValueFunctionSuite {
    @Override
    protected Channel function() {
      return channel;
    }
  }

  @Nested
  class Actions extends ActionFunctionSuite {
    @Override
    protected Channel function() {
      return channel;
    }
  }

  @Nested
  class EventSourcedWrongInput extends EventSourcedWrongInputSuite {
    @Override
    protected Channel function() {
      return channel;
    }
  }

  @Nested
  class ValueWrongInput extends ValueWrongInputSuite {
    @Override
    protected Channel function() {
      return channel;
    }
  }

  @Nested
  class Crdt extends CrdtFunctionSuite {
    @Override
    protected Channel function() {
      return channel;
    }
  }

  @Nested
  class CrdtWrongInput extends CrdtWrongInputSuite {
    @Override
    protected Channel function() {
      return channel;
    }
  }

  @Nested
  class CrdtOnward extends OnwardFunctionSuite<CrdtStreamIn, CrdtStreamOut> {
    @Override
    protected Channel function() {
      return channel;
    }

    @Override
    protected CrdtKind kind() {
      return CrdtKind.CRDT;
    }
  }

  @Nested
  class EventSourcedOnward
      extends OnwardFunctionSuite<EventSourcedStreamIn, EventSourcedStreamOut> {
    @Override
    protected Channel function() {
      return channel;
    }

    @Override
    protected EventSourcedKind kind() {
      return EventSourcedKind.EVENT_SOURCED;
    }
  }

  @Nested
  class ValueOnward extends OnwardFunctionSuite<ValueEntityStreamIn, ValueEntityStreamOut> {
    @Override
    protected Channel function() {
      return channel;
    }

    @Override
    protected ValueKind kind() {
      return ValueKind.VALUE;
    }
  }
}
