// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import io.holdfast.sdk.action.Actions;
import io.holdfast.sdk.cart.Cart;
import io.holdfast.sdk.cart.CartEntity;
import io.holdfast.sdk.crdt.GCounter;
import io.holdfast.sdk.crdt.GSet;
import io.holdfast.sdk.profile.Profile;
import io.holdfast.sdk.profile.ProfileEntity;
import io.holdfast.sdk.readings.ReadingsAction;
import io.holdfast.sdk.replicated.Replicated;
import io.holdfast.sdk.replicated.ReplicatedEntity;
import io.holdfast.sdk.testproto.AddItemRequest;
import io.holdfast.sdk.testproto.BadCartGrpc;
import io.holdfast.sdk.testproto.BadProfilesGrpc;
import io.holdfast.sdk.testproto.CartView;
import io.holdfast.sdk.testproto.OtherCartGrpc;
import io.holdfast.sdk.testproto.People;
import io.holdfast.sdk.testproto.PingsGrpc;
import io.holdfast.sdk.testproto.ProfilesGrpc;
import io.holdfast.sdk.testproto.ReadingsGrpc;
import io.holdfast.sdk.testproto.RoomsGrpc;
import io.holdfast.sdk.testproto.TestCartGrpc;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StartProblemsTest {

  @Test
  void rpcs_without_a_handler_are_all_named() {
    assertThat(
            problems(
                EventSourced.entity("cart", TestCartGrpc.getServiceDescriptor(), CartEntity::new)))
        .containsExactly(
            "entity \"cart\": rpc AddItem has no handler: add .on(TestCartGrpc.getAddItemMethod(), …)",
            "entity \"cart\": rpc AddAndShow has no handler: add .on(TestCartGrpc.getAddAndShowMethod(), …)",
            "entity \"cart\": rpc GetCart has no handler: add .on(TestCartGrpc.getGetCartMethod(), …)");
  }

  @Test
  void handlers_that_are_not_the_services_or_come_twice_are_named() {
    assertThat(
            problems(
                CartEntity.described()
                    .on(TestCartGrpc.getAddItemMethod(), CartEntity::addItem)
                    .on(OtherCartGrpc.getAddItemMethod(), CartEntity::addItem)))
        .containsExactly(
            "entity \"cart\": rpc AddItem has two handlers",
            "entity \"cart\": rpc holdfast.sdk.test.OtherCart/AddItem belongs to another service");
  }

  @Test
  void rpcs_that_stream_or_have_no_key_are_named() {
    var bad =
        EventSourced.entity("cart", BadCartGrpc.getServiceDescriptor(), CartEntity::new)
            .on(BadCartGrpc.getKeylessMethod(), (entity, cart, request) -> entity.nothing());
    assertThat(problems(bad))
        .containsExactly(
            "entity \"cart\": rpc Keyless does not say which entity it is for: mark a field of KeylessRequest with [(cloudstate.entity_key) = true]",
            "entity \"cart\": rpc Watch streams: an event-sourced entity serves unary rpcs only");
  }

  @Test
  void a_value_entity_is_checked_like_any_other() {
    var bad =
        Value.entity("profile", BadProfilesGrpc.getServiceDescriptor(), ProfileEntity::new)
            .on(ProfilesGrpc.getShowMethod(), ProfileEntity::show)
            .passivateAfter(Duration.ZERO)
            .persistenceId("")
            .upgrade("a", "nowhere", json -> json);
    assertThat(problems(bad))
        .containsExactly(
            "entity \"profile\": rpc holdfast.sdk.test.Profiles/Show belongs to another service",
            "entity \"profile\": passivateAfter(PT0S): at least a millisecond",
            "entity \"profile\": the persistence id must not be empty",
            "entity \"profile\": rpc Rename has no handler: add .on(BadProfilesGrpc.getRenameMethod(), …)",
            "entity \"profile\": rpc Watch streams: a value entity serves unary rpcs only",
            "entity \"profile\": \"a\" is upgraded to \"nowhere\", which nothing is stored as");
  }

  @Test
  void a_value_entity_that_hides_the_type_of_its_state_is_named() {
    var bad =
        Value.entity("vague", ProfilesGrpc.getServiceDescriptor(), () -> new VagueEntity<Profile>())
            .on(ProfilesGrpc.getRenameMethod(), (entity, state, request) -> entity.nothing())
            .on(ProfilesGrpc.getForgetMethod(), (entity, state, request) -> entity.nothing());
    assertThat(problems(bad))
        .contains(
            "entity \"vague\": the entity's class must say its types: implements ValueEntity<State>");
  }

  @Test
  void a_state_that_cannot_be_stored_is_named() {
    var bad = Value.entity("plain", ProfilesGrpc.getServiceDescriptor(), PlainEntity::new);
    assertThat(problems(bad))
        .contains(
            "entity \"plain\": state type java.lang.Thread is neither a record, a sealed interface of records nor a protobuf message: make it one");
    var any = Value.entity("any", ProfilesGrpc.getServiceDescriptor(), AnyEntity::new);
    assertThat(problems(any))
        .contains(
            "entity \"any\": state type com.google.protobuf.Message says nothing about which messages there are: make it one of them");
  }

  @Test
  void a_component_that_cannot_be_read_back_is_named_with_its_path() {
    var bad =
        Value.entity("deep", ProfilesGrpc.getServiceDescriptor(), DeepEntity::new)
            .on(ProfilesGrpc.getRenameMethod(), (entity, state, request) -> entity.nothing())
            .on(ProfilesGrpc.getForgetMethod(), (entity, state, request) -> entity.nothing());
    assertThat(problems(bad))
        .contains(
            "entity \"deep\": state Deep.kinds{}[](ByCard): it has no stored name: annotate it with @StoredAs(\"by-card\")",
            "entity \"deep\": state Deep.any: nothing says of which type it is (Object): a raw type, a wildcard or a type parameter without bounds will not do");
    assertThat(problems(bad.storedAs(ByCard.class, "by-card")))
        .noneMatch(problem -> problem.contains("ByCard"));
  }

  @Test
  void an_entity_without_an_object_is_named() {
    assertThat(
            problems(
                Value.<DeepEntity, Deep>entity(
                    "none", ProfilesGrpc.getServiceDescriptor(), StartProblemsTest::nothing)))
        .contains("entity \"none\": what makes the entity's objects gave null");
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }

  @Test
  void an_actions_rpcs_need_handlers_of_their_shape() {
    assertThat(problems(Actions.service(ReadingsGrpc.getServiceDescriptor(), new ReadingsAction())))
        .containsExactly(
            "action \"holdfast.sdk.test.Readings\": rpc Convert has no handler: add .on(ReadingsGrpc.getConvertMethod(), …)",
            "action \"holdfast.sdk.test.Readings\": rpc Sum has no handler: add .onStreamedIn(ReadingsGrpc.getSumMethod(), …)",
            "action \"holdfast.sdk.test.Readings\": rpc CountDown has no handler: add .onStreamedOut(ReadingsGrpc.getCountDownMethod(), …)",
            "action \"holdfast.sdk.test.Readings\": rpc Transform has no handler: add .onStreamed(ReadingsGrpc.getTransformMethod(), …)");
    assertThat(
            problems(
                ReadingsAction.except("Transform")
                    .on(ReadingsGrpc.getTransformMethod(), ReadingsAction::convert)
                    .on(ReadingsGrpc.getConvertMethod(), ReadingsAction::convert)
                    .on(PingsGrpc.getPingMethod(), (action, ping) -> action.nothing())))
        .containsExactly(
            "action \"holdfast.sdk.test.Readings\": rpc Transform has a handler of another shape: use .onStreamed(…)",
            "action \"holdfast.sdk.test.Readings\": rpc Convert has two handlers",
            "action \"holdfast.sdk.test.Readings\": rpc holdfast.sdk.test.Pings/Ping belongs to another service");
  }

  @Test
  void a_replicated_entity_is_checked_like_any_other() {
    var bad =
        Replicated.entity("room", RoomsGrpc.getServiceDescriptor(), UnwritableEntity::new)
            .passivateAfter(Duration.ZERO)
            .on(
                RoomsGrpc.getStayMethod(),
                (entity, state, request) -> entity.reply(People.getDefaultInstance()));
    assertThat(problems(bad))
        .containsExactly(
            "entity \"room\": passivateAfter(PT0S): at least a millisecond",
            "entity \"room\": rpc Stay has a handler of another shape: use .onStreamedOut(…)",
            "entity \"room\": rpc Enter has no handler: add .on(RoomsGrpc.getEnterMethod(), …)",
            "entity \"room\": rpc Leave has no handler: add .on(RoomsGrpc.getLeaveMethod(), …)",
            "entity \"room\": rpc Close has no handler: add .on(RoomsGrpc.getCloseMethod(), …)",
            "entity \"room\": element type java.lang.Thread is neither a record, a sealed interface of records nor a protobuf message: make it one");
    assertThat(
            problems(Replicated.entity("full", PingsGrpc.getServiceDescriptor(), FullEntity::new)))
        .containsExactly(
            "entity \"full\": rpc Ping has no handler: add .on(PingsGrpc.getPingMethod(), …)",
            "entity \"full\": rpc Ping does not say which entity it is for: mark a field of Empty with [(cloudstate.entity_key) = true]",
            "entity \"full\": the empty state has been changed: return it as it is made");
  }

  private static final class UnwritableEntity implements ReplicatedEntity<GSet<Thread>> {
    @Override
    public GSet<Thread> emptyState() {
      return GSet.of(Thread.class);
    }
  }

  private static final class FullEntity implements ReplicatedEntity<GCounter> {
    @Override
    public GCounter emptyState() {
      var counter = new GCounter();
      counter.increment();
      return counter;
    }
  }

  @Test
  void entities_of_different_kinds_may_not_share_a_service_or_a_name() {
    var cart =
        Value.entity("cart", TestCartGrpc.getServiceDescriptor(), ProfileEntity::new)
            .on(TestCartGrpc.getAddItemMethod(), (entity, state, item) -> entity.nothing())
            .on(
                TestCartGrpc.getAddAndShowMethod(),
                (entity, state, item) -> entity.reply(CartView.getDefaultInstance()))
            .on(
                TestCartGrpc.getGetCartMethod(),
                (entity, state, request) -> entity.reply(CartView.getDefaultInstance()));
    assertThat(problems(CartEntity.described(), cart))
        .containsExactly(
            "holdfast.sdk.test.TestCart is served twice", "two entities are stored under \"cart\"");
  }

  @Test
  void settings_out_of_range_are_named() {
    assertThat(
            problems(
                CartEntity.described()
                    .snapshotEvery(0)
                    .passivateAfter(Duration.ZERO)
                    .persistenceId(" ")))
        .hasSize(3);
  }

  @Test
  void upgrades_that_lead_nowhere_or_in_circles_are_named() {
    assertThat(
            problems(
                CartEntity.described()
                    .upgrade("a", "b", json -> json)
                    .upgrade("b", "a", json -> json)
                    .upgrade("c", "nowhere", json -> json)
                    .upgrade("d", "emptied", json -> json)
                    .upgrade("d", "emptied", json -> json)
                    .upgrade("item-added.v2", "emptied", json -> json)))
        .containsExactlyInAnyOrder(
            "entity \"cart\": \"d\" has two upgrades",
            "entity \"cart\": the upgrades of \"a\" lead back to it",
            "entity \"cart\": the upgrades of \"b\" lead back to it",
            "entity \"cart\": \"c\" is upgraded to \"nowhere\", which nothing is stored as",
            "entity \"cart\": \"item-added.v2\" is upgraded, but also stored today: give the new shape a new name");
  }

  @Test
  void types_that_cannot_be_stored_are_named() {
    assertThat(problems(new TypesEntity().described()))
        .containsExactly(
            "entity \"types\": state type io.holdfast.sdk.StartProblemsTest$Nameless has no stored name: annotate it with @StoredAs(\"nameless\"), or call storedAs(Nameless.class, \"nameless\")",
            "entity \"types\": event type io.holdfast.sdk.StartProblemsTest$WithSpace is stored as \"with space\": only letters, digits, '.', '_' and '-' are allowed",
            "entity \"types\": event types io.holdfast.sdk.StartProblemsTest$One and io.holdfast.sdk.StartProblemsTest$Two are both stored as json.cloudstate.io/same",
            "entity \"types\": event type io.holdfast.sdk.StartProblemsTest$Plain is neither a record, a sealed interface of records nor a protobuf message: make it one, or name its types with eventTypes(…)");
  }

  @Test
  void messages_of_no_particular_type_need_their_types_named() {
    var entity = new MessagesEntity();
    assertThat(problems(entity.described()))
        .containsExactly(
            "entity \"messages\": event type com.google.protobuf.Message says nothing about which messages there are: name them with eventTypes(…)");
    assertThat(problems(entity.described().eventTypes(Empty.class))).isEmpty();
  }

  @Test
  void a_name_given_at_registration_will_do() {
    assertThat(problems(new TypesEntity().described().storedAs(Nameless.class, "named")))
        .noneMatch(problem -> problem.contains("Nameless"));
  }

  @Test
  void problems_of_all_entities_are_listed_together() {
    assertThat(
            problems(
                CartEntity.described().snapshotEvery(-1), CartEntity.described().persistenceId("")))
        .hasSize(2);
    assertThat(problems(CartEntity.described(), CartEntity.described()))
        .containsExactly(
            "holdfast.sdk.test.TestCart is served twice", "two entities are stored under \"cart\"");
    assertThat(problems()).containsExactly("the function serves nothing");
  }

  @Test
  void a_taken_port_is_one_clear_sentence() {
    try (var first = Function.of(CartEntity.described()).port(0).start()) {
      var second = Function.of(CartEntity.described()).port(first.port());
      assertThat(catchThrowableOfType(FunctionException.class, second::start))
          .hasMessage(
              "port %d on 127.0.0.1 is taken: stop what listens there, or set PORT", first.port());
    }
  }

  @Test
  void variables_that_make_no_sense_are_all_named() {
    var environment =
        Map.of("PORT", "http", "HOLDFAST_MODE", "test", "HOLDFAST_MESSAGE_BYTES_MAX", "0");
    assertThat(
            catchThrowableOfType(FunctionException.class, () -> FunctionSettings.from(environment))
                .problems())
        .containsExactly(
            "PORT is \"http\": a number from 0 to 65535 is needed",
            "HOLDFAST_MESSAGE_BYTES_MAX is \"0\": a number from 1 to 2147483647 is needed",
            "HOLDFAST_MODE is \"test\": production or development is needed");
  }

  @Test
  void the_environment_decides_where_nothing_is_said() {
    assertThat(FunctionSettings.from(Map.of()))
        .isEqualTo(new FunctionSettings("", "", "127.0.0.1", 8080, Mode.PRODUCTION, 50_331_648));
    var environment =
        Map.of(
            "HOST", "0.0.0.0",
            "PORT", "8181",
            "HOLDFAST_MODE", "development",
            "HOLDFAST_MESSAGE_BYTES_MAX", "1000",
            "HOLDFAST_FUNCTION_NAME", "carts",
            "HOLDFAST_FUNCTION_VERSION", "7");
    assertThat(FunctionSettings.from(environment))
        .isEqualTo(new FunctionSettings("carts", "7", "0.0.0.0", 8181, Mode.DEVELOPMENT, 1000));
  }

  private static List<String> problems(ServiceDescription... entities) {
    try (var running = Function.of(entities).port(0).start()) {
      assertThat(running.port()).isPositive();
      return List.of();
    } catch (FunctionException e) {
      return e.problems();
    }
  }

  static final class VagueEntity<S> implements ValueEntity<S> {
    @Override
    public S emptyState() {
      throw new UnsupportedOperationException();
    }
  }

  static final class PlainEntity implements ValueEntity<Thread> {
    @Override
    public Thread emptyState() {
      return Thread.currentThread();
    }
  }

  static final class AnyEntity implements ValueEntity<Message> {
    @Override
    public Message emptyState() {
      return Empty.getDefaultInstance();
    }
  }

  @StoredAs("deep")
  record Deep(Map<String, List<Kind>> kinds, Object any) {}

  sealed interface Kind {}

  record ByCard(String number) implements Kind {}

  static final class DeepEntity implements ValueEntity<Deep> {
    @Override
    public Deep emptyState() {
      return new Deep(Map.of(), "");
    }
  }

  record Nameless(int number) {}

  sealed interface Types permits WithSpace, One, Two, Plain {}

  @StoredAs("with space")
  record WithSpace() implements Types {}

  @StoredAs("same")
  record One() implements Types {}

  @StoredAs("same")
  record Two() implements Types {}

  static final class Plain implements Types {}

  static final class TypesEntity implements EventSourcedEntity<Nameless, Types> {

    EventSourced<TypesEntity, Nameless, Types> described() {
      return EventSourced.entity("types", OtherCartGrpc.getServiceDescriptor(), TypesEntity::new)
          .on(OtherCartGrpc.getAddItemMethod(), (entity, state, item) -> entity.nothing());
    }

    @Override
    public Nameless emptyState() {
      return new Nameless(0);
    }

    @Override
    public Nameless onEvent(Nameless state, Types event) {
      return state;
    }
  }

  static final class MessagesEntity implements EventSourcedEntity<Cart, Message> {

    EventSourced<MessagesEntity, Cart, Message> described() {
      return EventSourced.entity(
              "messages", OtherCartGrpc.getServiceDescriptor(), MessagesEntity::new)
          .on(OtherCartGrpc.getAddItemMethod(), MessagesEntity::addItem);
    }

    Effect<Empty> addItem(Cart cart, AddItemRequest item) {
      return nothing();
    }

    @Override
    public Cart emptyState() {
      return Cart.EMPTY;
    }

    @Override
    public Cart onEvent(Cart cart, Message event) {
      return cart;
    }
  }
}
