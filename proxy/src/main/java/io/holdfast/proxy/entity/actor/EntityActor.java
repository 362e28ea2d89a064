// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.actor;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.Props;
import akka.actor.UntypedAbstractActor;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.entity.EntityKeeper;
import io.holdfast.proxy.entity.PendingContent;
import io.holdfast.proxy.entity.Session;
import io.holdfast.proxy.entity.SessionHost;
import io.holdfast.proxy.entity.SessionMessage;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/** The actor of one live entity: runs its {@link Session} and the keeper of its kind. */
public final class EntityActor extends UntypedAbstractActor implements SessionHost, KeeperHost {

  private final EntityId entity;
  private final EntityContext common;
  private final EntityKeeper keeper;
  private final Session session;

  /** An actor whose name is the key of its entity, URL-encoded. */
  public static Props props(EntityContext common, KeeperFactory kind) {
    return Props.create(EntityActor.class, () -> new EntityActor(common, kind));
  }

  private EntityActor(EntityContext common, KeeperFactory kind) {
    String key = URLDecoder.decode(getSelf().path().name(), StandardCharsets.UTF_8);
    this.entity = new EntityId(common.entityType(), key);
    this.common = common;
    this.keeper = kind.keeper(entity, common, this);
    this.session =
        new Session(
            entity,
            keeper,
            this,
            common.function(),
            common.onward(),
            common.settings(),
            common.nanoTime());
  }

  @Override
  public void preStart() {
    common.live().entered(entity, getSelf());
  }

  @Override
  public void onReceive(Object message) {
    if (message instanceof SessionMessage about) {
      session.receive(about);
    } else if (message instanceof Look look) {
      look.answer().accept(session.heldUp());
    } else if (!keeper.receive(message)) {
      unhandled(message);
    }
  }

  @Override
  public void postStop() {
    common.live().left(entity, getSelf());
    session.end("the entity was stopped");
  }

  @Override
  public void schedule(Duration delay, SessionMessage message) {
    system()
        .scheduler()
        .scheduleOnce(delay, getSelf(), message, system().dispatcher(), ActorRef.noSender());
  }

  @Override
  public void fetch(SessionMessage.Deliver placeholder, PendingContent pending) {
    ActorRef self = getSelf();
    var unused =
        pending
            .fetch(placeholder.command())
            .whenComplete(
                (whole, failure) ->
                    self.tell(
                        new SessionMessage.Arrived(
                            placeholder, whole, failure == null ? "" : clause(failure)),
                        ActorRef.noSender()));
  }

  private static String clause(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
    return String.valueOf((cause == null ? failure : cause).getMessage());
  }

  @Override
  public void giveBack(SessionMessage.Deliver command) {
    // Where those go that were still in the mailbox: they are sent again.
    system().deadLetters().tell(command, ActorRef.noSender());
  }

  @Override
  public void leaving() {
    common.live().left(entity, getSelf());
  }

  @Override
  public void leave() {
    getContext().stop(getSelf());
  }

  @Override
  public ActorSystem system() {
    return getContext().getSystem();
  }

  @Override
  public void stored() {
    session.stored();
  }

  @Override
  public void storeFailed(Throwable cause) {
    session.storeFailed(cause);
    getContext().stop(getSelf());
  }
}
