// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.mixture;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.holdfast.testkit.junit.HoldfastExtension;
import io.holdfast.testkit.mixtures.ChangeRequest;
import io.holdfast.testkit.mixtures.MixtureId;
import io.holdfast.testkit.mixtures.MixturesGrpc;
import io.holdfast.testkit.mixtures.MixturesGrpc.MixturesBlockingStub;
import java.util.HashMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the proxy has of a value is what the function has, whatever the function does to it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MixturesTest {

  private static final int ENTITIES = 20;
  private static final int CHANGES = 50;

  @RegisterExtension
  static final HoldfastExtension holdfast = HoldfastExtension.serving(MixtureEntity.mixture());

  private final MixturesBlockingStub mixtures =
      MixturesGrpc.newBlockingStub(holdfast.channel()).withWaitForReady();

  @Test
  void a_restarted_function_has_from_the_proxy_what_it_had_itself() {
    var before = new HashMap<String, String>();
    for (int entity = 0; entity < ENTITIES; entity++) {
      for (int change = 0; change < CHANGES; change++) {
        change("m" + entity, 1000L * entity + change);
      }
      before.put("m" + entity, text("m" + entity));
    }
    holdfast.restartFunction();
    assertThat(before)
        .allSatisfy((id, text) -> assertThat(text(id)).as("seeds of " + id).isEqualTo(text));
    assertThat(before.values()).filteredOn(text -> !text.equals("{}")).hasSizeGreaterThan(10);
  }

  private void change(String id, long seed) {
    var request = ChangeRequest.newBuilder().setId(id).setSeed(seed).build();
    try {
      var unused = mixtures.change(request);
    } catch (StatusRuntimeException e) {
      // Some are refused after they were made.
      assertThat(e.getStatus())
          .as("seed %d", seed)
          .extracting(Status::getCode, Status::getDescription)
          .containsExactly(Status.Code.ABORTED, "not this time");
    }
  }

  private String text(String id) {
    return mixtures.show(MixtureId.newBuilder().setId(id).build()).getText();
  }
}
