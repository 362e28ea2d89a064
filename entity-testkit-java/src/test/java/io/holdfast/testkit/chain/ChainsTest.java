// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.holdfast.testkit.chains.Noted;
import io.holdfast.testkit.chains.Step;
import io.holdfast.testkit.chains.Step.Manner;
import io.holdfast.testkit.junit.HoldfastExtension;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From every kind to every other: what arrives, and what the client gets. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ChainsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<String> SERVICES = List.of("Journals", "Values", "Replicas", "Acts");

  @RegisterExtension
  static final HoldfastExtension holdfast =
      HoldfastExtension.serving(
          JournalEntity.described(),
          ValueOfWords.described(),
          ReplicaOfWords.described(),
          Act.described());

  static Stream<Arguments> pairs() {
    return SERVICES.stream().flatMap(from -> SERVICES.stream().map(to -> Arguments.of(from, to)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void a_forward_is_answered_where_it_arrives_and_what_was_noted_before_stays(
      String from, String to) {
    var step = step("f-" + from + to, "w", Manner.FORWARD, to);
    assertThat(take(from, step))
        .isEqualTo(
            noted(to, expected(to, from.equals(to) ? List.of("w", "w") : List.of("w")), ">"));
    if (!from.equals(to)) {
      assertThat(words(from, step.getId())).isEqualTo(expected(from, List.of("w", "r")));
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void an_awaited_side_effect_is_done_when_the_client_is_answered(String from, String to) {
    var step = step("s-" + from + to, "w", Manner.AWAIT, to);
    assertThat(take(from, step)).isEqualTo(noted(from, expected(from, List.of("w")), ""));
    assertThat(words(to, step.getId()))
        .isEqualTo(expected(to, from.equals(to) ? List.of("w", "w", "r") : List.of("w", "r")));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void a_side_effect_that_nobody_waits_for_is_done_in_the_end(String from, String to) {
    var step = step("a-" + from + to, "w", Manner.ALSO, to);
    assertThat(take(from, step)).isEqualTo(noted(from, expected(from, List.of("w")), ""));
    // Where a word is held once, or not at all, there is nothing to see of a second time.
    int times = from.equals(to) ? 2 : 1;
    if (expected(to, Collections.nCopies(times, "w")).size() < times) {
      return;
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (Collections.frequency(words(to, step.getId()), "w") < times) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
    }
  }

  @Test
  void a_step_may_go_through_every_kind() {
    var step = step("all", "w", Manner.FORWARD, "Values", "Replicas", "Acts", "Journals");
    assertThat(take("Journals", step)).isEqualTo(noted("Journals", List.of("w", "w"), ">>>>"));
    assertThat(words("Values", "all")).containsExactly("w", "r");
    assertThat(words("Replicas", "all")).containsExactly("w", "r");
  }

  @Test
  void side_effects_have_side_effects() {
    var step = step("deep", "w", Manner.AWAIT, "Acts", "Replicas", "Values");
    assertThat(take("Journals", step)).isEqualTo(noted("Journals", List.of("w"), ""));
    assertThat(words("Replicas", "deep")).containsExactly("w", "r");
    assertThat(words("Values", "deep")).containsExactly("w", "r");
  }

  @Test
  void headers_reach_the_handler_and_those_that_it_sends_reach_the_next() {
    var headers = new Metadata();
    headers.put(Metadata.Key.of(Steps.HEADER, Metadata.ASCII_STRING_MARSHALLER), "client");
    var channel =
        ClientInterceptors.intercept(
            holdfast.channel(), MetadataUtils.newAttachHeadersInterceptor(headers));
    var reply =
        ClientCalls.blockingUnaryCall(
            channel,
            Steps.rpc("Acts"),
            CallOptions.DEFAULT.withWaitForReady(),
            step("headers", "w", Manner.FORWARD, "Values"));
    // The action has read it, and sends it on with one hop more.
    assertThat(reply.getHeader()).isEqualTo("client>");
  }

  /** Actions note nothing, and a set holds a word once. */
  private static List<String> expected(String service, List<String> words) {
    return switch (service) {
      case "Acts" -> List.of();
      case "Replicas" -> words.stream().distinct().toList();
      default -> words;
    };
  }

  private static List<String> words(String service, String id) {
    return take(service, Step.newBuilder().setId(id).setWord("r").build()).getWordsList();
  }

  private static Noted take(String service, Step step) {
    return ClientCalls.blockingUnaryCall(
        holdfast.channel(), Steps.rpc(service), CallOptions.DEFAULT.withWaitForReady(), step);
  }

  private static Step step(String id, String word, Manner manner, String... onward) {
    return Step.newBuilder()
        .setId(id)
        .setWord(word)
        .setManner(manner)
        .addAllOnward(List.of(onward))
        .build();
  }

  private static Noted noted(String service, List<String> words, String header) {
    return Noted.newBuilder().setService(service).addAllWords(words).setHeader(header).build();
  }
}
