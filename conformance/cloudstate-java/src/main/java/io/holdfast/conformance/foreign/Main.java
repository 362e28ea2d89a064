// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.foreign;

import io.cloudstate.javasupport.CloudState;
import io.holdfast.conformance.ledger.LedgerProto;

/** The function as a process: listens on HOST and PORT until it is stopped. */
public final class Main {

  private Main() {}

  public static void main(String[] args) throws Exception {
    new CloudState()
        .registerEventSourcedEntity(
            LedgerEntity.class,
            LedgerProto.getDescriptor().findServiceByName("Ledger"),
            LedgerProto.getDescriptor())
        .start()
        .toCompletableFuture()
        .get();
  }
}
