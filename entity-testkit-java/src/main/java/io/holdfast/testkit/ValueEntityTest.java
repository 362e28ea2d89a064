// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.holdfast.sdk.Change;
import io.holdfast.sdk.CommandHandler;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.ValueEntity;
import java.util.Map;
import java.util.Objects;

/**
 * One value entity at some point of its life, for tests: what {@link EntityTest} is for
 * event-sourced ones. Made by {@link EntityTest#of(io.holdfast.sdk.Value)}.
 *
 * <pre>{@code
 * var result = EntityTest.of(Main.profile())
 *     .givenState(new Profile("ann"))
 *     .when(ProfileEntity::rename, RenameRequest.newBuilder()...build());
 * assertThat(result.state()).isEqualTo(new Profile("bob"));
 * }</pre>
 *
 * @param <T> the entity
 * @param <S> its state
 */
public final class ValueEntityTest<T extends ValueEntity<S>, S> {

  private final Subject<T, S> subject;

  ValueEntityTest(Subject<T, S> subject) {
    this.subject = subject;
  }

  /** The entity with that value, whatever has happened before. */
  public ValueEntityTest<T, S> givenState(S state) {
    return new ValueEntityTest<>(subject.withState(state, 0));
  }

  /**
   * The entity with a value that was stored as JSON by an older version of the function: for tests
   * of upgrades.
   *
   * @param name the name under which it was stored
   */
  public ValueEntityTest<T, S> givenStored(String name, String json) {
    return givenState(subject.common().states().decode(Subject.stored(name, json)));
  }

  /** The same with another id, for handlers that ask for it. */
  public ValueEntityTest<T, S> withId(String id) {
    return new ValueEntityTest<>(subject.withId(id));
  }

  /** The same with request headers on the commands to come. */
  public ValueEntityTest<T, S> withMetadata(Map<String, String> headers) {
    return withMetadata(Metadata.of(headers));
  }

  /** The same with request headers on the commands to come. */
  public ValueEntityTest<T, S> withMetadata(Metadata headers) {
    return new ValueEntityTest<>(subject.withMetadata(headers));
  }

  /** The state at this point. */
  public S state() {
    return subject.state();
  }

  /** What comes of that command, sent to that rpc. */
  public <C extends Message, R extends Message> ValueResult<T, S, R> when(
      MethodDescriptor<C, R> rpc, C command) {
    return result(subject.handle(rpc, command));
  }

  /** What comes of that command, given to that handler: {@code ProfileEntity::rename}. */
  public <C extends Message, R extends Message> ValueResult<T, S, R> when(
      CommandHandler<? super T, ? super S, C, R> handler, C command) {
    return result(subject.handle(handler, command));
  }

  /** What comes of that command, given to that handler with its context. */
  public <C extends Message, R extends Message> ValueResult<T, S, R> when(
      CommandHandler.WithContext<? super T, ? super S, C, R> handler, C command) {
    return result(subject.handle(handler, command));
  }

  private <R extends Message> ValueResult<T, S, R> result(Effect<R> effect) {
    var stored = ValueResult.Stored.UNCHANGED;
    var after = this;
    if (effect instanceof Effect.Stored<?, ?> changed) {
      if (changed.change() instanceof Change.Update<?> update) {
        stored = ValueResult.Stored.UPDATED;
        after = givenState(own(update));
      } else if (changed.change() instanceof Change.Delete<?>) {
        stored = ValueResult.Stored.DELETED;
        after =
            givenState(
                Objects.requireNonNull(
                    subject.common().entities().get().emptyState(), "the empty state is null"));
      } else {
        throw new AssertionError("a value entity stores no events: update or delete it");
      }
    }
    return new ValueResult<>(Ending.of(effect, after.state()), stored, after);
  }

  @SuppressWarnings("unchecked") // Of what is not its state, the bytes cannot be made.
  private S own(Change.Update<?> update) {
    return (S) update.state();
  }
}
