// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

/**
 * The journal turned a write down and stored nothing of it. The entity that sent it must stop and
 * recover.
 */
public final class WriteRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private WriteRefusedException(String detail) {
    super(detail);
  }

  /** Someone else has written to this entity meanwhile, or events in between are missing. */
  public static WriteRefusedException outOfSequence(
      String persistenceId, long sequence, long expected) {
    return new WriteRefusedException(
        "event "
            + sequence
            + " of "
            + persistenceId
            + " was refused because the next event must be "
            + expected
            + "; another writer has appended to this entity");
  }

  /** Someone else has put a value meanwhile. */
  public static WriteRefusedException outOfRevision(
      String persistenceId, long revision, long expected) {
    return new WriteRefusedException(
        "revision "
            + revision
            + " of "
            + persistenceId
            + " was refused because the next one must be "
            + expected
            + "; another writer has put a value of this entity");
  }

  /** What was to be stored is not what stores keep. */
  public static WriteRefusedException notStorable(String persistenceId, String reason) {
    return new WriteRefusedException("a write of " + persistenceId + " was refused: " + reason);
  }
}
