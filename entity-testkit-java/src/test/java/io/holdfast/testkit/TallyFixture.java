// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.sdk.EventSourced;

/** The entity of these tests, for tests of other packages. */
public final class TallyFixture {

  private TallyFixture() {}

  public static EventSourced<?, ?, ?> entity() {
    return TallyEntity.described();
  }
}
