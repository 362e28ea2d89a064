// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.net;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.holdfast.bench.v1.AdderGrpc;
import io.holdfast.bench.v1.CounterGrpc;
import io.holdfast.bench.v1.ReplicatedCounterGrpc;
import io.holdfast.bench.v1.ValueCounterGrpc;
import io.holdfast.protocol.eventsourced.EventSourcedGrpc;

/** The methods that the benchmark calls and serves, on bytes. */
public final class Methods {

  /** The counter's one command. */
  public static final MethodDescriptor<byte[], byte[]> INCREASE =
      onBytes(CounterGrpc.getIncreaseMethod());

  /** The same, of the counter that is a value. */
  public static final MethodDescriptor<byte[], byte[]> INCREASE_VALUE =
      onBytes(ValueCounterGrpc.getIncreaseMethod());

  /** The same, of the counter that is replicated. */
  public static final MethodDescriptor<byte[], byte[]> INCREASE_REPLICATED =
      onBytes(ReplicatedCounterGrpc.getIncreaseMethod());

  /** An action. */
  public static final MethodDescriptor<byte[], byte[]> ADD = onBytes(AdderGrpc.getAddMethod());

  /** An action that is streamed both ways. */
  public static final MethodDescriptor<byte[], byte[]> ADD_EACH =
      onBytes(AdderGrpc.getAddEachMethod());

  /** An action that forwards to the counter's command. */
  public static final MethodDescriptor<byte[], byte[]> FORWARD =
      onBytes(AdderGrpc.getForwardMethod());

  /** The stream of one entity between proxy and function. */
  public static final MethodDescriptor<byte[], byte[]> HANDLE =
      onBytes(EventSourcedGrpc.getHandleMethod());

  private Methods() {}

  private static MethodDescriptor<byte[], byte[]> onBytes(MethodDescriptor<?, ?> method) {
    MethodType type = method.getType();
    return MethodDescriptor.newBuilder(BytesMarshaller.INSTANCE, BytesMarshaller.INSTANCE)
        .setType(type)
        .setFullMethodName(method.getFullMethodName())
        .build();
  }
}
