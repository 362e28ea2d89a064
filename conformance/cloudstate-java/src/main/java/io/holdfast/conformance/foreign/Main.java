// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.foreign;

import io.cloudstate.javasupport.CloudState;
import io.holdfast.conformance.ledger.LedgerProto;
import io.holdfast.conformance.model.ModelProto;

/** The function as a process: listens on HOST and PORT until it is stopped. */
public final class Main {

  private Main() {}

  public static void main(String[] args) throws Exception {
    new CloudState()
        .registerEventSourcedEntity(
            LedgerEntity.class,
            LedgerProto.getDescriptor().findServiceByName("Ledger"),
            LedgerProto.getDescriptor())
        .registerEventSourcedEntity(
            ModelEntity.class,
            ModelProto.getDescriptor().findServiceByName("EventSourcedModel"),
            ModelProto.getDescriptor())
        .start()
        .toCompletableFuture()
        .get();
  }
}
