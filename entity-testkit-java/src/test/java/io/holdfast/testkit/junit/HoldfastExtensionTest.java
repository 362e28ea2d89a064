// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.testkit.TallyFixture;
import io.holdfast.testkit.testproto.AddRequest;
import io.holdfast.testkit.testproto.TallyGrpc;
import io.holdfast.testkit.testproto.TallyGrpc.TallyBlockingStub;
import io.holdfast.testkit.testproto.TotalRequest;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HoldfastExtensionTest {

  @RegisterExtension
  static final HoldfastExtension holdfast =
      HoldfastExtension.serving(TallyFixture.entity()).with("holdfast.cluster.shards", 8);

  private final TallyBlockingStub tallies = TallyGrpc.newBlockingStub(holdfast.channel());

  private void add(String id, int amount) {
    var unused = tallies.add(AddRequest.newBuilder().setId(id).setAmount(amount).build());
  }

  private int total(String id) {
    return tallies.withWaitForReady().total(TotalRequest.newBuilder().setId(id).build()).getTotal();
  }

  @Test
  void a_command_goes_through_proxy_and_function() {
    add("a", 5);
    assertThat(total("a")).isPositive();
  }

  @Test
  void the_same_over_http() throws Exception {
    var response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        holdfast.http().resolve("/holdfast.testkit.test.Tally/Total"))
                    .header("content-type", "application/json")
                    .POST(BodyPublishers.ofString("{\"id\":\"nobody\"}"))
                    .build(),
                BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).startsWith("{\"total\":0,");
  }

  @Test
  void what_was_stored_survives_a_restart_of_the_proxy() {
    add("b", 5);
    int before = total("b");
    holdfast.restartProxy();
    assertThat(total("b")).isEqualTo(before);
  }

  @Test
  void what_was_stored_survives_a_restart_of_the_function() {
    add("c", 5);
    int before = total("c");
    holdfast.restartFunction();
    assertThat(total("c")).isEqualTo(before);
  }

  @Test
  void an_extension_that_is_not_registered_says_so() {
    assertThatThrownBy(() -> HoldfastExtension.serving(TallyFixture.entity()).channel())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("@RegisterExtension");
  }
}
