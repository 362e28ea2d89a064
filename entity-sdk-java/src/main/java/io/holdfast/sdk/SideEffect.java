// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A command that is carried out besides the one in hand, once that one's change is stored. Its
 * reply goes nowhere, and its failure fails nothing.
 *
 * @param awaited whether the answer to the client waits until it has ended
 */
public record SideEffect(Call call, boolean awaited) {
  public SideEffect {
    Objects.requireNonNull(call, "call");
  }

  /** What {@link Effect#andAlso} adds. */
  public static <C extends Message> SideEffect also(MethodDescriptor<C, ?> rpc, C message) {
    return new SideEffect(Call.of(rpc, message), false);
  }

  /** What {@link Effect#andAwait} adds. */
  public static <C extends Message> SideEffect awaited(MethodDescriptor<C, ?> rpc, C message) {
    return new SideEffect(Call.of(rpc, message), true);
  }

  /** The same with these headers, in place of any before. */
  public SideEffect withMetadata(Metadata headers) {
    return new SideEffect(call.withMetadata(headers), awaited);
  }

  /** Those, and then this one. */
  List<SideEffect> after(List<SideEffect> others) {
    var all = new ArrayList<>(others);
    all.add(this);
    return all;
  }
}
