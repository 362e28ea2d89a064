// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.command;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.holdfast.protocol.Metadata;

/** How a command ended. Every client gets exactly one. */
public sealed interface Outcome {

  /** What a gRPC client gets. */
  Status.Code status();

  /** Calls the one method of {@code visitor} that fits. */
  void visit(Visitor visitor);

  /**
   * The entity answered, and everything behind the answer is stored.
   *
   * @param payload a message of the method's output type
   * @param metadata response headers; the default instance when there are none
   */
  record Replied(ByteString payload, Metadata metadata) implements Outcome {
    @Override
    public Status.Code status() {
      return Status.Code.OK;
    }

    @Override
    public void visit(Visitor visitor) {
      visitor.onReplied(this);
    }
  }

  /** The command did not succeed. */
  record Failed(Failure failure) implements Outcome {
    @Override
    public Status.Code status() {
      return failure.status();
    }

    @Override
    public void visit(Visitor visitor) {
      visitor.onFailed(this);
    }
  }

  static Outcome failed(Failure.Code code, String detail) {
    return new Failed(Failure.of(code, detail));
  }

  /** One method for each ending. */
  interface Visitor {
    void onReplied(Replied replied);

    void onFailed(Failed failed);
  }
}
