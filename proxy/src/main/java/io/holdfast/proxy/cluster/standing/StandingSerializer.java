// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster.standing;

import akka.serialization.SerializerWithStringManifest;
import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.cluster.v1.StandingAnswer;
import io.holdfast.cluster.v1.StandingQuestion;
import io.holdfast.cluster.v1.StandingView;
import io.holdfast.proxy.cluster.standing.StandingMessage.Answer;
import io.holdfast.proxy.cluster.standing.StandingMessage.Question;
import io.holdfast.proxy.cluster.standing.StandingMessage.View;
import java.io.NotSerializableException;

/**
 * The bytes of what nodes say about their standing: {@code holdfast/cluster/v1/cluster.proto}.
 * Public for Akka, which makes it by name.
 */
public final class StandingSerializer extends SerializerWithStringManifest {

  private static final String QUESTION = "Q";
  private static final String ANSWER = "A";

  @Override
  public int identifier() {
    return 7_302;
  }

  @Override
  public String manifest(Object message) {
    if (message instanceof Question) {
      return QUESTION;
    }
    if (message instanceof Answer) {
      return ANSWER;
    }
    throw new IllegalArgumentException("not about a node's standing: " + message.getClass());
  }

  @Override
  public byte[] toBinary(Object message) {
    if (message instanceof Question question) {
      return StandingQuestion.newBuilder()
          .setNumber(question.number())
          .setUid(question.uid())
          .build()
          .toByteArray();
    }
    if (message instanceof Answer answer) {
      return StandingAnswer.newBuilder()
          .setNumber(answer.number())
          .setUid(answer.uid())
          .setView(written(answer.view()))
          .setSure(answer.sure())
          .build()
          .toByteArray();
    }
    throw new IllegalArgumentException("not about a node's standing: " + message.getClass());
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    try {
      return switch (manifest) {
        case QUESTION -> question(StandingQuestion.parseFrom(bytes));
        case ANSWER -> answer(StandingAnswer.parseFrom(bytes));
        default -> throw new NotSerializableException("unknown manifest " + manifest);
      };
    } catch (InvalidProtocolBufferException e) {
      throw new NotSerializableException("manifest " + manifest + ": " + e.getMessage());
    }
  }

  private static Question question(StandingQuestion question) {
    return new Question(question.getNumber(), question.getUid());
  }

  private static Answer answer(StandingAnswer answer) {
    return new Answer(
        answer.getNumber(), answer.getUid(), read(answer.getView()), answer.getSure());
  }

  private static StandingView written(View view) {
    return switch (view) {
      case MEMBER -> StandingView.STANDING_VIEW_MEMBER;
      case MISSED -> StandingView.STANDING_VIEW_MISSED;
      case REMOVED -> StandingView.STANDING_VIEW_REMOVED;
    };
  }

  // What a newer node means by another word is not known here, so it decides nothing.
  private static View read(StandingView view) {
    return switch (view) {
      case STANDING_VIEW_MEMBER -> View.MEMBER;
      case STANDING_VIEW_REMOVED -> View.REMOVED;
      case STANDING_VIEW_MISSED, STANDING_VIEW_UNSPECIFIED, UNRECOGNIZED -> View.MISSED;
    };
  }
}
