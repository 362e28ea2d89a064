// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.fault;

import io.holdfast.chaos.testbed.Testbed;
import io.holdfast.cli.cluster.Node;
import io.holdfast.cli.cluster.Part;
import java.io.IOException;
import java.time.Duration;

/** Makes things go wrong, and mends them. */
public final class Faults {

  private static final Duration DELAY = Duration.ofMillis(100);
  private static final double LOSS = 0.2;

  private final Testbed testbed;

  public Faults(Testbed testbed) {
    this.testbed = testbed;
  }

  /** Returns when it has begun. */
  public void begin(PlannedFault fault) throws IOException {
    Node node = testbed.node(fault.node());
    switch (fault.kind()) {
      case KILL_PROXY -> node.kill(Part.PROXY);
      case PAUSE_PROXY -> node.pause(Part.PROXY);
      case KILL_FUNCTION -> node.kill(Part.FUNCTION);
      case PAUSE_FUNCTION -> node.pause(Part.FUNCTION);
      case STOP_NODE -> node.stop();
      case KILL_STORE -> testbed.store().kill();
      case PAUSE_STORE -> testbed.store().pause();
      case CUT -> testbed.network().cut(fault.node());
      case CUT_ONE_WAY -> testbed.network().cutFrom(fault.node());
      case CUT_ALL -> testbed.network().cutAll();
      case CUT_STORE -> testbed.around(fault.node()).toStore().cut();
      case CUT_FUNCTION -> testbed.around(fault.node()).toFunction().cut();
      case DELAY -> testbed.network().delay(fault.node(), DELAY);
      case LOSS -> testbed.network().lose(fault.node(), LOSS);
      case STEP_CLOCK -> testbed.around(fault.node()).clock().set(fault.step());
      case FULL_DISK -> testbed.disk().fill();
    }
  }

  /** Returns when what it broke may recover. */
  public void end(PlannedFault fault) throws IOException {
    Node node = testbed.node(fault.node());
    switch (fault.kind()) {
      case KILL_PROXY, KILL_FUNCTION, STOP_NODE -> testbed.launch(node);
      case PAUSE_PROXY -> node.resume(Part.PROXY);
      case PAUSE_FUNCTION -> node.resume(Part.FUNCTION);
      case KILL_STORE -> testbed.store().restart();
      case PAUSE_STORE -> testbed.store().resume();
      case CUT, CUT_ONE_WAY, CUT_ALL, DELAY, LOSS -> testbed.network().heal();
      case CUT_STORE -> testbed.around(fault.node()).toStore().heal();
      case CUT_FUNCTION -> testbed.around(fault.node()).toFunction().heal();
      case STEP_CLOCK -> testbed.around(fault.node()).clock().set(Duration.ZERO);
      case FULL_DISK -> testbed.disk().free();
    }
  }
}
