// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.actor;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.holdfast.protocol.Command;
import io.holdfast.proxy.entity.Answer;
import io.holdfast.proxy.entity.CommandStream;
import io.holdfast.proxy.entity.Commands;
import io.holdfast.proxy.entity.SessionMessage.AboutStream;
import io.holdfast.proxy.entity.SessionMessage.Answered;
import io.holdfast.proxy.entity.SessionMessage.Recovered;
import io.holdfast.proxy.entity.SessionMessage.RecoveryFailed;
import io.holdfast.proxy.entity.SessionMessage.StreamLost;
import org.jspecify.annotations.Nullable;

/**
 * One stream of one entity: passes commands to the function in the words of the entity's kind, and
 * what the function says to the session.
 *
 * @param <I> what the proxy says
 * @param <O> what the function says
 */
public final class EntityStream<I, O> implements CommandStream, FunctionStream.Listener<O> {

  /** The words of one kind of entity. */
  public interface Words<I, O> {

    MethodDescriptor<I, O> method();

    I command(Command command);

    /** What the function said, whatever is wrong with it included. */
    Answer answer(O said);
  }

  private final long number;
  private final Words<I, O> words;
  private final EntityContext common;
  private final ActorSystem system;
  private final ActorRef session;
  private final FunctionStream<I, O> stream;

  /**
   * Opens it.
   *
   * @param number the session's number for it, which all messages about it carry
   */
  public EntityStream(long number, Words<I, O> words, EntityContext common, KeeperHost host) {
    this.number = number;
    this.words = words;
    this.common = common;
    this.system = host.system();
    this.session = host.self();
    this.stream =
        FunctionStream.open(common.function().channel(), words.method(), Runnable::run, this);
  }

  public long number() {
    return number;
  }

  /** For what comes before the commands. */
  public FunctionStream<I, O> open() {
    return stream;
  }

  /** Tells the session that the function has all it needs, or why it cannot get it. */
  public void recovered(@Nullable Throwable failure) {
    tell(failure == null ? new Recovered(number) : new RecoveryFailed(number, failure));
  }

  @Override
  public void send(Command command) {
    stream.send(words.command(command));
  }

  @Override
  public void halfClose() {
    stream.halfClose(common.settings().closeTimeout(), system.scheduler(), system.dispatcher());
  }

  @Override
  public void cancel(String reason) {
    stream.cancel(reason);
  }

  @Override
  public void onMessage(O message) {
    tell(new Answered(number, words.answer(message)));
  }

  @Override
  public void onClose(Status status) {
    // The transport ends the call when it cannot read a message, but the function is not lost.
    tell(
        Commands.unreadable(status)
            ? new Answered(number, new Answer.Broken("sent what is no message of the protocol"))
            : new StreamLost(number, status));
  }

  private void tell(AboutStream message) {
    session.tell(message, ActorRef.noSender());
  }
}
