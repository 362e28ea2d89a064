// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.proxyside;

import static io.holdfast.conformance.wire.CrdtKind.CRDT;
import static io.holdfast.conformance.wire.CrdtKind.added;

import io.holdfast.conformance.wire.CrdtKind;
import io.holdfast.protocol.StreamCancelled;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.CrdtStreamIn;
import io.holdfast.protocol.crdt.CrdtStreamOut;
import io.holdfast.protocol.crdt.PNCounterDelta;
import org.junit.jupiter.api.Test;

/** What a proxy must not say of replicated data. */
public abstract class CrdtWrongInputSuite extends WrongInputSuite<CrdtStreamIn, CrdtStreamOut> {

  private static final CrdtDelta OTHER =
      CrdtDelta.newBuilder().setPncounter(PNCounterDelta.newBuilder().setChange(1)).build();

  @Override
  protected final CrdtKind kind() {
    return CRDT;
  }

  @Test
  void a_delta_before_init_is_refused() {
    refused(
        PlayedEntity.silent(function(), kind()), entity -> entity.send(kind().delta(added("a"))));
  }

  @Test
  void an_init_of_another_type_is_refused() {
    refused(
        PlayedEntity.silent(function(), kind()),
        entity -> entity.send(kind().init(entity.address(), OTHER)));
  }

  @Test
  void a_delta_of_another_type_is_refused() {
    refused(recovered("a"), entity -> entity.send(kind().delta(OTHER)));
  }

  @Test
  void a_cancellation_of_what_was_never_asked_is_refused() {
    refused(
        recovered("a"),
        entity ->
            entity.send(
                CrdtStreamIn.newBuilder()
                    .setStreamCancelled(
                        StreamCancelled.newBuilder().setEntityId(entity.address().id()).setId(7))
                    .build()));
  }
}
