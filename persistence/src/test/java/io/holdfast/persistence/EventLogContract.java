// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static io.holdfast.persistence.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorRef;
import akka.persistence.DeleteMessagesSuccess;
import io.holdfast.persistence.Entities.DeleteTo;
import io.holdfast.persistence.EventLog.LoggedEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The log and the list of entities that every store gives. */
@DisplayNameGeneration(ReplaceUnderscores.class)
abstract class EventLogContract extends StoreFixture {

  @Test
  void the_log_gives_the_events_of_one_type_in_the_order_they_were_stored() {
    append("cart|a", events(1, 2));
    append("order|a", events(1, 1));
    ActorRef b = append("cart|b", events(1, 1));
    append("cartoon|a", events(1, 1));
    append(b, events(2, 2));

    List<LoggedEvent> log = run(store.log().bySlices("cart", 0, 1023, 0));

    assertThat(log)
        .extracting(logged -> logged.persistenceId() + "/" + logged.event().getSequence())
        .containsExactly("cart|a/1", "cart|a/2", "cart|b/1", "cart|b/2");
    assertThat(log).extracting(LoggedEvent::offset).isSorted().doesNotHaveDuplicates();
    assertThat(run(store.log().bySlices("cart", 0, 1023, log.get(1).offset())))
        .isEqualTo(log.subList(2, 4));
  }

  @Test
  void every_event_is_in_the_one_slice_of_its_entity() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ids.add("cart|" + i);
      append("cart|" + i, event(1, "" + i));
    }

    List<String> found = new ArrayList<>();
    for (int slice = 0; slice < EventLog.SLICES; slice += 128) {
      int to = slice + 127;
      for (LoggedEvent logged : run(store.log().bySlices("cart", slice, to, 0))) {
        int own = Math.abs(logged.persistenceId().hashCode() % 1024);
        assertThat(own).isBetween(slice, to);
        found.add(logged.persistenceId());
      }
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void the_log_skips_deleted_events() {
    ActorRef entity = append(CART, events(1, 3));

    entity.tell(new DeleteTo(2), ActorRef.noSender());
    observer.expectMsgClass(DeleteMessagesSuccess.class);

    assertThat(run(store.log().bySlices("cart", 0, 1023, 0)))
        .extracting(logged -> logged.event().getSequence())
        .containsExactly(3L);
  }

  @Test
  void ids_are_listed_by_type_even_when_all_events_are_deleted() {
    append("cart|b", events(1, 3));
    ActorRef gone = append("cart|a", events(1, 1));
    append("cartoon|a", events(1, 1));
    append("car|t", events(1, 1));
    append("cart|\u00e9\\|x", events(1, 2));
    gone.tell(new DeleteTo(1), ActorRef.noSender());
    observer.expectMsgClass(DeleteMessagesSuccess.class);

    assertThat(run(store.log().persistenceIds("cart")))
        .containsExactly("cart|a", "cart|b", "cart|\u00e9\\|x");
  }

  @Test
  void many_entities_are_listed_page_by_page() {
    List<String> ids = new ArrayList<>();
    for (int i = 1000; i < 1600; i++) {
      ids.add("cart|" + i);
      append("cart|" + i, event(1, "x"));
    }

    assertThat(run(store.log().persistenceIds("cart"))).isEqualTo(ids);
    assertThat(run(store.log().bySlices("cart", 0, 1023, 0))).hasSize(600);
  }

  @Test
  void slices_out_of_range_are_refused() {
    assertThatThrownBy(() -> store.log().bySlices("cart", 0, 1024, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 to 1023");
  }
}
