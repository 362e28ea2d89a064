// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

import io.grpc.ManagedChannel;
import io.holdfast.bench.stream.EntityStream;
import java.util.List;

/** The function itself, spoken to as a proxy would: one stream per entity. */
final class StreamTarget implements Target {

  private final List<ManagedChannel> channels;
  private final EntityStream[] streams;

  /** The streams are dealt to the channels in turn. */
  StreamTarget(List<ManagedChannel> channels, Population population) {
    this.channels = List.copyOf(channels);
    this.streams = new EntityStream[population.size()];
    for (int i = 0; i < streams.length; i++) {
      streams[i] = new EntityStream(channels.get(i % channels.size()), population.id(i));
    }
  }

  @Override
  public void send(Request request) {
    streams[request.entity()].ask(request.payload(), request);
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
