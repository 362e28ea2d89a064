// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.proxyside;

import static io.holdfast.conformance.wire.Models.append;
import static io.holdfast.conformance.wire.ValueKind.VALUE;

import io.holdfast.conformance.wire.Anys;
import io.holdfast.conformance.wire.Models;
import io.holdfast.conformance.wire.ValueKind;
import io.holdfast.protocol.valueentity.ValueEntityStreamIn;
import io.holdfast.protocol.valueentity.ValueEntityStreamOut;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a proxy must not say of values. */
public abstract class ValueWrongInputSuite
    extends WrongInputSuite<ValueEntityStreamIn, ValueEntityStreamOut> {

  @Override
  protected final ValueKind kind() {
    return VALUE;
  }

  @Test
  void an_init_without_a_state_is_refused() {
    refused(
        PlayedEntity.silent(function(), kind()),
        entity -> {
          var init = kind().recovery(entity.address(), List.of()).get(0).toBuilder();
          init.getInitBuilder().clearState();
          entity.send(init.build());
          entity.ask(1, append("lost"));
        });
  }

  @Test
  void a_value_of_a_type_that_the_function_does_not_know_is_refused() {
    refused(
        PlayedEntity.silent(function(), kind()),
        entity -> {
          var init = kind().recovery(entity.address(), List.of()).get(0).toBuilder();
          init.getInitBuilder().getStateBuilder().setValue(Anys.of(Models.response("no text")));
          entity.send(init.build());
          entity.ask(1, append("lost"));
        });
  }
}
