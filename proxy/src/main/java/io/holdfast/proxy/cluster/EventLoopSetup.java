// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster;

import akka.actor.setup.Setup;
import io.netty.channel.EventLoopGroup;

/**
 * Gives an actor system the event loops on which its entities run; see {@link EventLoopExecutor}.
 */
public final class EventLoopSetup extends Setup {

  private final EventLoopGroup eventLoops;

  /**
   * @param eventLoops those of the frontend and of the connection to the function; outlive the
   *     actor system
   */
  public EventLoopSetup(EventLoopGroup eventLoops) {
    this.eventLoops = eventLoops;
  }

  EventLoopGroup eventLoops() {
    return eventLoops;
  }
}
