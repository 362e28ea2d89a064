// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

import io.holdfast.bench.stream.Answer;

/** A request under way, as its target sees it: what to send, and who hears how it ended. */
public interface Request extends Answer {

  /** The place of its entity in the population. */
  int entity();

  byte[] payload();
}
