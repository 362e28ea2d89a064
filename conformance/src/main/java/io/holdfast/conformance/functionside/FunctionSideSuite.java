// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.holdfast.conformance.wire.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/**
 * Plays the function on a stage that many suites may share, one after the other. Each test uses
 * entities of its own. What the proxy says without cause fails the test during which it came.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class FunctionSideSuite {

  /** The stage, open. It stays so until all suites on it have ended. */
  protected abstract Stage stage();

  @BeforeEach
  final void nothing_is_left_of_other_tests() {
    nothingElseWasSaid();
  }

  @AfterEach
  final void nothing_else_was_said() {
    nothingElseWasSaid();
  }

  private void nothingElseWasSaid() {
    assertThat(function().reports().rest()).isEmpty();
    assertThat(function().strays().rest()).isEmpty();
  }

  protected final ScriptedFunction function() {
    return stage().function();
  }

  protected final <Q, R> Call<Q, R> ask(MethodDescriptor<Q, R> method, Q message) {
    return Call.unary(stage().clients(), method, message);
  }

  protected final <Q, R> Call<Q, R> ask(
      MethodDescriptor<Q, R> method, Q message, Metadata headers) {
    return Call.unary(stage().clients(), method, message, headers);
  }

  /** The function is told what it did wrong, in words. */
  protected final void expectReport() {
    assertThat(function().reports().next()).isNotBlank();
  }

  protected static void expectFailure(Call<?, ?> call, Status.Code code) {
    Status status = call.failure();
    assertThat(status.getCode()).as(status.toString()).isEqualTo(code);
    assertThat(status.getDescription()).isNotBlank();
  }

  protected static void expectFailure(Call<?, ?> call, Status.Code code, String description) {
    Status status = call.failure();
    assertThat(status.getCode()).as(status.toString()).isEqualTo(code);
    assertThat(status.getDescription()).isEqualTo(description);
  }
}
