// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.large;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import io.holdfast.testkit.guide.api.AccountsGrpc;
import io.holdfast.testkit.guide.api.AccountsGrpc.AccountsBlockingStub;
import io.holdfast.testkit.guide.api.DepositRequest;
import io.holdfast.testkit.guide.api.GetBalanceRequest;
import io.holdfast.testkit.junit.HoldfastExtension;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BoxesTest {

  // What the proxy takes from a function, but for what a reply has around a value.
  private static final long LARGEST = (40 << 20) - 200;

  @RegisterExtension
  static final HoldfastExtension holdfast = HoldfastExtension.serving(BoxEntity.described());

  private final AccountsBlockingStub boxes =
      AccountsGrpc.newBlockingStub(holdfast.channel()).withWaitForReady();

  @Test
  void a_value_as_large_as_the_proxy_takes_comes_back() {
    deposit("a", LARGEST);
    holdfast.restartFunction();
    assertThat(held("a")).isEqualTo(LARGEST);
  }

  @Test
  void a_larger_one_fails_its_command_and_the_one_before_stays() {
    deposit("b", 7);
    assertThatThrownBy(() -> deposit("b", (40 << 20) + 1))
        .isInstanceOf(StatusRuntimeException.class);
    assertThat(held("b")).isEqualTo(7);
  }

  private void deposit(String box, long bytes) {
    var unused =
        boxes.deposit(DepositRequest.newBuilder().setAccountId(box).setCents(bytes).build());
  }

  private long held(String box) {
    return boxes.getBalance(GetBalanceRequest.newBuilder().setAccountId(box).build()).getCents();
  }
}
