// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import akka.actor.ActorRef;
import akka.actor.ExtendedActorSystem;
import akka.serialization.Serialization;
import akka.serialization.SerializerWithStringManifest;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Deadline;
import io.holdfast.cluster.v1.HeldContent;
import io.holdfast.cluster.v1.RoutedCommand;
import io.holdfast.cluster.v1.RoutedHeldOutcome;
import io.holdfast.cluster.v1.RoutedOutcome;
import io.holdfast.cluster.v1.RoutedPassedOn;
import io.holdfast.cluster.v1.RoutedReply;
import io.holdfast.cluster.v1.RoutedReturn;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.CommandMethod;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import io.holdfast.proxy.entity.SessionMessage.Passivate;
import io.holdfast.proxy.routing.transfer.Reference;
import io.holdfast.proxy.routing.transfer.RemoteContent;
import io.holdfast.proxy.routing.transfer.Transfers;
import java.io.NotSerializableException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of what nodes say to each other: {@code holdfast/cluster/v1/cluster.proto}. Public for
 * Akka, which makes it by name.
 */
public final class CommandSerializer extends SerializerWithStringManifest {

  // Other kinds of commands, of later releases, begin with the same letter.
  private static final String COMMAND = "C";
  private static final String COMMAND_TO_FETCH = "CF";
  private static final String OUTCOME = "O";
  private static final String HELD_OUTCOME = "H";
  private static final String PASSIVATE = "P";
  private static final String PASSED_ON = "M";
  private static final String RETURN = "R";
  private static final byte[] NOTHING = {};

  private final ExtendedActorSystem system;

  // One instance for each method, however many commands come in.
  private final ConcurrentMap<CommandMethod, CommandMethod> methods = new ConcurrentHashMap<>();

  public CommandSerializer(ExtendedActorSystem system) {
    this.system = system;
  }

  @Override
  public int identifier() {
    return 7_301;
  }

  @Override
  public String manifest(Object message) {
    if (message instanceof Deliver deliver) {
      return fits(deliver) ? COMMAND : COMMAND_TO_FETCH;
    }
    if (message instanceof RemoteOutcome) {
      return OUTCOME;
    }
    if (message instanceof RemoteHeldOutcome) {
      return HELD_OUTCOME;
    }
    if (message instanceof Passivate) {
      return PASSIVATE;
    }
    if (message instanceof RemotePassedOn) {
      return PASSED_ON;
    }
    if (message instanceof RemoteReturn) {
      return RETURN;
    }
    throw new IllegalArgumentException("not a message between nodes: " + message.getClass());
  }

  @Override
  public byte[] toBinary(Object message) {
    if (message instanceof Deliver deliver) {
      return routed(deliver).toByteArray();
    }
    if (message instanceof RemoteOutcome outcome) {
      return routed(outcome).toByteArray();
    }
    if (message instanceof RemoteHeldOutcome held) {
      return RoutedHeldOutcome.newBuilder()
          .setCorrelation(held.correlation())
          .setContent(routed(held.outcome()))
          .build()
          .toByteArray();
    }
    if (message instanceof RemotePassedOn passedOn) {
      return RoutedPassedOn.newBuilder()
          .setCorrelation(passedOn.correlation())
          .setNode(passedOn.node())
          .build()
          .toByteArray();
    }
    if (message instanceof RemoteReturn returned) {
      return RoutedReturn.newBuilder().setCorrelation(returned.correlation()).build().toByteArray();
    }
    return NOTHING;
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    try {
      return switch (manifest) {
        case COMMAND, COMMAND_TO_FETCH -> deliver(RoutedCommand.parseFrom(bytes));
        case OUTCOME -> outcome(RoutedOutcome.parseFrom(bytes));
        case HELD_OUTCOME -> heldOutcome(RoutedHeldOutcome.parseFrom(bytes));
        case PASSIVATE -> Passivate.PASSIVATE;
        case PASSED_ON -> passedOn(RoutedPassedOn.parseFrom(bytes));
        case RETURN -> new RemoteReturn(RoutedReturn.parseFrom(bytes).getCorrelation());
        default -> throw unknown(bytes, manifest);
      };
    } catch (InvalidProtocolBufferException e) {
      throw new NotSerializableException("manifest " + manifest + ": " + e.getMessage());
    }
  }

  /**
   * A newer node speaks of what is not known here. If that is a command, whoever waits for it is
   * told; Akka logs the rest.
   */
  private NotSerializableException unknown(byte[] bytes, String manifest)
      throws InvalidProtocolBufferException {
    if (manifest.startsWith(COMMAND)) {
      var command = RoutedCommand.parseFrom(bytes);
      replyTo(command, null)
          .complete(
              Outcome.failed(
                  Failure.Code.UNKNOWN_COMMAND,
                  command.getEntityType()
                      + " "
                      + command.getCommandName()
                      + ": the node of its entity is of an older release, which does not know this"
                      + " kind of command; nothing happened"));
    }
    return new NotSerializableException("unknown manifest " + manifest);
  }

  private RoutedCommand routed(Deliver deliver) {
    Command command = deliver.command();
    CommandMethod method = command.method();
    var routed =
        RoutedCommand.newBuilder()
            .setEntityType(command.entity().entityType())
            .setKey(command.entity().key())
            .setServiceName(method.serviceName())
            .setCommandName(method.name())
            .setInputType(method.inputType())
            .setOutputType(method.outputType());
    RemoteReplyTo replyTo = remote(deliver.replyTo());
    if (replyTo == null) {
      // Without any time left it is not carried out, and nobody waits for it.
      return routed.build();
    }
    routed
        .setRemainingMicros(command.deadline().timeRemaining(TimeUnit.MICROSECONDS))
        .setReplyTo(Serialization.serializedActorPath(replyTo.receiver()))
        .setCorrelation(replyTo.correlation())
        .setHops(command.hops())
        .setFetches(replyTo.fetches());
    if (fits(deliver)) {
      routed.setPayload(command.payload()).setMetadata(command.metadata());
    } else {
      routed.setContent(routed(held(deliver)));
      refuseIfTooLarge(deliver, routed);
    }
    return routed.build();
  }

  // What is left is the entity's id. Artery would drop the message, and nobody would be told.
  private static void refuseIfTooLarge(Deliver deliver, RoutedCommand.Builder routed) {
    if (routed.buildPartial().getSerializedSize() <= Transfers.MESSAGE_BYTES_MAX) {
      return;
    }
    Command command = deliver.command();
    String refusal =
        command.entity().entityType()
            + " "
            + command.method().name()
            + ": the entity's id of "
            + command.entity().key().length()
            + " characters is too long to be sent to another node";
    deliver.replyTo().complete(Outcome.failed(Failure.Code.INVALID_COMMAND, refusal));
    throw new IllegalArgumentException(refusal);
  }

  /** Whether one message has room for it. */
  private static boolean fits(Deliver deliver) {
    Command command = deliver.command();
    // A character of the key takes three bytes at most; one that takes four counts as two.
    return deliver.pending() == null
        && (long) command.payload().size()
                + command.metadata().getSerializedSize()
                + 3L * command.entity().key().length()
            <= Transfers.MESSAGE_BYTES_MAX;
  }

  // One that has come without its payload goes on without it.
  private Reference held(Deliver deliver) {
    if (deliver.pending() instanceof RemoteContent content) {
      return content.reference();
    }
    if (deliver.replyTo() instanceof Attempt attempt) {
      return attempt.trip().held(transfers());
    }
    throw new IllegalArgumentException("a large command that nobody on this node holds");
  }

  private Transfers transfers() {
    return Transfers.of(system);
  }

  private static HeldContent routed(Reference reference) {
    return HeldContent.newBuilder()
        .setHolder(Serialization.serializedActorPath(reference.holder()))
        .setNumber(reference.number())
        .setSize(reference.size())
        .build();
  }

  private Reference reference(HeldContent held) throws NotSerializableException {
    if (held.getSize() < 0 || held.getSize() > Integer.MAX_VALUE) {
      throw new NotSerializableException("a content of " + held.getSize() + " bytes");
    }
    return new Reference(
        system.provider().resolveActorRef(held.getHolder()),
        held.getNumber(),
        (int) held.getSize());
  }

  private RemoteHeldOutcome heldOutcome(RoutedHeldOutcome routed) throws NotSerializableException {
    return new RemoteHeldOutcome(routed.getCorrelation(), reference(routed.getContent()));
  }

  // A command that is passed on once more keeps its first sender, who is answered directly.
  private static @Nullable RemoteReplyTo remote(ReplyTo replyTo) {
    if (replyTo instanceof RemoteReplyTo already) {
      return already;
    }
    if (replyTo instanceof Attempt attempt) {
      return attempt.leaving();
    }
    throw new IllegalArgumentException("a command that leaves this node without an attempt");
  }

  private static RemotePassedOn passedOn(RoutedPassedOn routed) {
    return new RemotePassedOn(routed.getCorrelation(), routed.getNode());
  }

  private Deliver deliver(RoutedCommand routed) throws NotSerializableException {
    var method =
        new CommandMethod(
            routed.getServiceName(),
            routed.getCommandName(),
            routed.getInputType(),
            routed.getOutputType());
    var command =
        new Command(
            new EntityId(routed.getEntityType(), routed.getKey()),
            methods.computeIfAbsent(method, same -> same),
            routed.getPayload(),
            routed.getMetadata(),
            Deadline.after(routed.getRemainingMicros(), TimeUnit.MICROSECONDS),
            routed.getHops());
    if (!routed.hasContent()) {
      return Deliver.byShard(command, replyTo(routed, null));
    }
    var content = new RemoteContent(reference(routed.getContent()), this::transfers);
    return Deliver.without(content, command, replyTo(routed, content));
  }

  private RemoteReplyTo replyTo(RoutedCommand routed, @Nullable RemoteContent content) {
    ActorRef receiver = system.provider().resolveActorRef(routed.getReplyTo());
    LargeOutcomes large =
        routed.getFetches() ? LargeOutcomes.fetched(this::transfers) : LargeOutcomes.refused();
    return new RemoteReplyTo(receiver, routed.getCorrelation(), large, content);
  }

  private static RoutedOutcome routed(RemoteOutcome remote) {
    var routed = RoutedOutcome.newBuilder().setCorrelation(remote.correlation());
    remote
        .outcome()
        .visit(
            new Outcome.Visitor() {
              @Override
              public void onReplied(Outcome.Replied replied) {
                routed.setReply(
                    RoutedReply.newBuilder()
                        .setPayload(replied.payload())
                        .setMetadata(replied.metadata()));
              }

              @Override
              public void onFailed(Outcome.Failed failed) {
                routed.setFailure(Failures.routed(failed.failure()));
              }
            });
    return routed.build();
  }

  private static RemoteOutcome outcome(RoutedOutcome routed) throws NotSerializableException {
    Outcome outcome =
        switch (routed.getOutcomeCase()) {
          case REPLY ->
              new Outcome.Replied(routed.getReply().getPayload(), routed.getReply().getMetadata());
          case FAILURE -> new Outcome.Failed(Failures.failure(routed.getFailure()));
          case OUTCOME_NOT_SET -> throw new NotSerializableException("an outcome without one");
        };
    return new RemoteOutcome(routed.getCorrelation(), outcome);
  }
}
