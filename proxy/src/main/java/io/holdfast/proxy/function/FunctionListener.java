// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.function;

import io.holdfast.proxy.discovery.FunctionSpec;
import java.util.List;

/**
 * Told what becomes of the function. Called by one thread, in order; while it is held up, nothing
 * new is learnt about the function.
 */
public interface FunctionListener {

  /**
   * A connected function serves this from now on. Called once for each connection, with changed or
   * unchanged content.
   */
  void discovered(FunctionSpec spec);

  /**
   * The connected function cannot be served. It stays connected and is not asked again: the next
   * word about it comes when it has restarted. Everything here is in the log already, and the
   * function is being told.
   *
   * @param problems what is wrong with it, each a sentence; at least one
   */
  void refused(List<String> problems);

  /** The function last discovered has gone. Its streams have ended or are ending. */
  void lost(String reason);
}
