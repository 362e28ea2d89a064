// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import akka.actor.ActorRef;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.proxy.entity.Session.HeldUp;
import io.holdfast.proxy.entity.actor.Look;
import io.holdfast.proxy.management.Page;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What the live entities of this node are at. Programs read it, so its fields stay:
 *
 * <pre>
 * {"cart": {"live": 1200, "heldUp": 1, "longest": [
 *    {"key": "user-1", "by": "the function has been at AddItem for 4012 ms", "waiting": 3}]}}
 * </pre>
 *
 * <p>{@code longest} shows those with the most commands waiting, {@value #SHOWN_MAX} of them at
 * most. Entities that do not answer in time, because they are leaving say, are counted as live
 * only. Replicated entities are not shown: they answer without waiting for anything.
 */
final class EntitiesPage implements Page {

  private static final int SHOWN_MAX = 100;
  private static final Duration ALL_ANSWER = Duration.ofSeconds(1);
  private static final Comparator<Seen> LONGEST_LINE_FIRST =
      Comparator.comparingInt((Seen seen) -> -seen.heldUp().waiting()).thenComparing(Seen::key);

  private final Supplier<Map<String, NearEntities>> byType;

  private record Seen(String key, HeldUp heldUp) {}

  /** What was asked of one type: how many entities, and who is held up of those that answered. */
  private record Survey(int live, Queue<Seen> heldUp, CompletableFuture<Void> done) {}

  EntitiesPage(Supplier<Map<String, NearEntities>> byType) {
    this.byType = byType;
  }

  @Override
  public CompletionStage<Shown> show() {
    var surveys = new TreeMap<String, Survey>();
    byType.get().forEach((type, entities) -> surveys.put(type, survey(entities)));
    return CompletableFuture.allOf(
            surveys.values().stream().map(Survey::done).toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> Shown.json(document(surveys).toString()));
  }

  private static Survey survey(NearEntities entities) {
    var actors = new TreeMap<String, ActorRef>();
    entities.each(actors::put);
    var heldUp = new ConcurrentLinkedQueue<Seen>();
    var done = new CompletableFuture<Void>();
    var outstanding = new AtomicInteger(actors.size());
    actors.forEach(
        (key, actor) ->
            actor.tell(
                new Look(
                    by -> {
                      by.ifPresent(reason -> heldUp.add(new Seen(key, reason)));
                      if (outstanding.decrementAndGet() == 0) {
                        done.complete(null);
                      }
                    }),
                ActorRef.noSender()));
    if (actors.isEmpty()) {
      done.complete(null);
    }
    return new Survey(
        actors.size(),
        heldUp,
        done.completeOnTimeout(null, ALL_ANSWER.toMillis(), TimeUnit.MILLISECONDS));
  }

  private static ObjectNode document(Map<String, Survey> surveys) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    surveys.forEach(
        (type, survey) -> {
          List<Seen> seen = survey.heldUp().stream().sorted(LONGEST_LINE_FIRST).toList();
          ObjectNode shown = document.putObject(type);
          shown.put("live", survey.live());
          shown.put("heldUp", seen.size());
          ArrayNode longest = shown.putArray("longest");
          seen.stream().limit(SHOWN_MAX).forEach(one -> describe(one, longest.addObject()));
        });
    return document;
  }

  private static void describe(Seen seen, ObjectNode entity) {
    entity.put("key", seen.key());
    entity.put("by", seen.heldUp().by());
    entity.put("waiting", seen.heldUp().waiting());
  }
}
