// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.example;

import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.BlockingClientCall;
import java.util.concurrent.TimeUnit;

/** One call of server reflection: a question, its answer, the next question. */
final class Reflection implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 5;

  private final BlockingClientCall<ServerReflectionRequest, ServerReflectionResponse> call;

  Reflection(Channel channel) {
    call =
        ServerReflectionGrpc.newBlockingV2Stub(channel)
            .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .serverReflectionInfo();
  }

  /**
   * The answer to one question.
   *
   * @throws io.grpc.StatusRuntimeException when there is none
   */
  ServerReflectionResponse ask(ServerReflectionRequest.Builder question) {
    try {
      call.write(question.build());
      ServerReflectionResponse answer = call.read();
      if (answer == null || answer.hasErrorResponse()) {
        throw Status.NOT_FOUND.asRuntimeException();
      }
      return answer;
    } catch (StatusException e) {
      throw e.getStatus().asRuntimeException();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Status.CANCELLED.asRuntimeException();
    }
  }

  @Override
  public void close() {
    call.cancel("read", null);
  }
}
