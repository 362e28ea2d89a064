// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance;

import io.holdfast.conformance.functionside.ProxySubject;
import io.holdfast.conformance.functionside.Stage;
import io.holdfast.conformance.functionside.entity.CrdtSuite;
import io.holdfast.conformance.functionside.entity.EventSourcedSuite;
import io.holdfast.conformance.functionside.entity.MetadataSuite;
import io.holdfast.conformance.functionside.entity.MisbehaviourSuite;
import io.holdfast.conformance.functionside.entity.OnwardSuite;
import io.holdfast.conformance.functionside.entity.OptionsSuite;
import io.holdfast.conformance.functionside.entity.SilenceSuite;
import io.holdfast.conformance.functionside.entity.ValueSuite;
import io.holdfast.conformance.functionside.service.ActionSuite;
import io.holdfast.conformance.functionside.service.DiscoverySuite;
import io.holdfast.conformance.functionside.service.HttpSuite;
import io.holdfast.conformance.functionside.service.ReflectionSuite;
import io.holdfast.conformance.functionside.service.StreamedActionSuite;
import io.holdfast.conformance.wire.CrdtKind;
import io.holdfast.conformance.wire.EventSourcedKind;
import io.holdfast.conformance.wire.ValueKind;
import io.holdfast.protocol.crdt.CrdtStreamIn;
import io.holdfast.protocol.crdt.CrdtStreamOut;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import io.holdfast.protocol.valueentity.ValueEntityStreamIn;
import io.holdfast.protocol.valueentity.ValueEntityStreamOut;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Our proxy, before functions that the suites play. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(Lifecycle.PER_CLASS)
class HoldfastProxyTest {

  private final HoldfastSubject subject;
  private final Stage shared;

  HoldfastProxyTest(@TempDir Path folder) {
    subject = new HoldfastSubject(folder);
    shared = Stage.open(subject, Stage.PATIENT);
  }

  @AfterAll
  void close() {
    shared.close();
  }

  @Nested
  class Discovery extends DiscoverySuite {
    @Override
    protected ProxySubject subject() {
      return subject;
    }
  }

  @Nested
  class EventSourced extends EventSourcedSuite {
    @Override
    protected Stage stage() {
      return shared;
    }
  }

  @Nested
  class Value extends ValueSuite {
    @Override
    protected Stage stage() {
      return shared;
    }
  }

  @Nested
  class EventSourcedMisbehaviour
      extends MisbehaviourSuite<EventSourcedStreamIn, EventSourcedStreamOut> {
    @Override
    protected Stage stage() {
      return shared;
    }

    @Override
    protected EventSourcedKind kind() {
      return EventSourcedKind.EVENT_SOURCED;
    }
  }

  @Nested
  class ValueMisbehaviour extends MisbehaviourSuite<ValueEntityStreamIn, ValueEntityStreamOut> {
    @Override
    protected Stage stage() {
      return shared;
    }

    @Override
    protected ValueKind kind() {
      return ValueKind.VALUE;
    }
  }

  @Nested
  class Options extends OptionsSuite {
    @Override
    protected Stage stage() {
      return shared;
    }
  }

  @Nested
  class Actions extends ActionSuite {
    @Override
    protected Stage stage() {
      return shared;
    }
  }

  @Nested
  class EventSourcedOnward extends OnwardSuite<EventSourcedStreamIn, EventSourcedStreamOut> {
    @Override
    protected Stage stage() {
      return shared;
    }

    @Override
    protected EventSourcedKind kind() {
      return EventSourcedKind.EVENT_SOURCED;
    }
  }

  @Nested
  class ValueOnward extends OnwardSuite<ValueEntityStreamIn, ValueEntityStreamOut> {
    @Override
    protected Stage stage() {
      return shared;
    }

    @Override
    protected ValueKind kind() {
      return ValueKind.VALUE;
    }
  }

  @Nested
  class EventSourcedMetadata extends MetadataSuite<EventSourcedStreamIn, EventSourcedStreamOut> {
    @Override
    protected Stage stage() {
      return shared;
    }

    @Override
    protected EventSourcedKind kind() {
      return EventSourcedKind.EVENT_SOURCED;
    }
  }

  @Nested
  class ValueMetadata extends MetadataSuite<ValueEntityStreamIn, ValueEntityStreamOut> {
    @Override
    protected Stage stage() {
      return shared;
    }

    @Override
    protected ValueKind kind() {
      return ValueKind.VALUE;
    }
  }

  @Nested
  class Http extends HttpSuite {
    @Override
    protected Stage stage() {
      return shared;
    }
  }

  @Nested
  class Reflection extends ReflectionSuite {
    @Override
    protected Stage stage() {
      return shared;
    }
  }

  @Nested
  class StreamedActions extends StreamedActionSuite {
    @Override
    protected Stage stage() {
      return shared;
    }
  }

  @Nested
  class Crdt extends CrdtSuite {
    @Override
    protected Stage stage() {
      return shared;
    }
  }

  @Nested
  class CrdtMisbehaviour extends MisbehaviourSuite<CrdtStreamIn, CrdtStreamOut> {
    @Override
    protected Stage stage() {
      return shared;
    }

    @Override
    protected CrdtKind kind() {
      return CrdtKind.CRDT;
    }
  }

  @Nested
  class CrdtOnward extends OnwardSuite<CrdtStreamIn, CrdtStreamOut> {
    @Override
    protected Stage stage() {
      return shared;
    }

    @Override
    protected CrdtKind kind() {
      return CrdtKind.CRDT;
    }
  }

  @Nested
  class CrdtMetadata extends MetadataSuite<CrdtStreamIn, CrdtStreamOut> {
    @Override
    protected Stage stage() {
      return shared;
    }

    @Override
    protected CrdtKind kind() {
      return CrdtKind.CRDT;
    }
  }

  @Nested
  @TestInstance(Lifecycle.PER_CLASS)
  class Silence extends SilenceSuite {

    private final Stage impatient = Stage.open(subject, Duration.ofMillis(300));

    @Override
    protected Stage stage() {
      return impatient;
    }

    @AfterAll
    void close() {
      impatient.close();
    }
  }
}
