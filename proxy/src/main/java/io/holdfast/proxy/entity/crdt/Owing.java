// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import io.holdfast.proxy.entity.crdt.CrdtMessage.Ask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a function owes on one stream: answers, and further messages to clients. */
final class Owing {

  // The oldest first.
  private final Map<Long, Owed> answers = new LinkedHashMap<>();
  private final Map<Long, Ask> streams = new HashMap<>();

  /**
   * An answer that is due.
   *
   * @param cancelled whether it is about the client of a stream, which has gone, and not about the
   *     command itself
   */
  record Owed(long id, Ask ask, long sinceNanos, boolean cancelled) {}

  /** From now on, that answer is due. */
  void add(Owed answer) {
    answers.put(answer.id(), answer);
  }

  /** The answer that is due to the command itself; null when there is none. */
  @Nullable Ask asked(long id) {
    Owed owed = answers.get(id);
    return owed == null || owed.cancelled() ? null : owed.ask();
  }

  /** The command whose stream is being cancelled; null when none is. */
  @Nullable Ask cancelled(long id) {
    Owed owed = answers.get(id);
    return owed == null || !owed.cancelled() ? null : owed.ask();
  }

  /** The answer has come, or will not be waited for. */
  void settle(long id) {
    answers.remove(id);
  }

  boolean owesAnswers() {
    return !answers.isEmpty();
  }

  int answers() {
    return answers.size();
  }

  @Nullable Owed oldest() {
    return answers.isEmpty() ? null : answers.values().iterator().next();
  }

  void open(long id, Ask ask) {
    streams.put(id, ask);
  }

  /** The command whose client is streamed to; null when none is. */
  @Nullable Ask stream(long id) {
    return streams.get(id);
  }

  /** The client is streamed to no more; null when it was not. */
  @Nullable Ask close(long id) {
    return streams.remove(id);
  }

  int streams() {
    return streams.size();
  }

  boolean isEmpty() {
    return answers.isEmpty() && streams.isEmpty();
  }

  /** Takes out all that is due. */
  List<Ask> drain() {
    var all = new ArrayList<>(streams.values());
    answers.values().forEach(owed -> all.add(owed.ask()));
    streams.clear();
    answers.clear();
    return all;
  }
}
