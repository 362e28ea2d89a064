// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Empty;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.holdfast.conformance.ledger.Account;
import io.holdfast.conformance.ledger.Change;
import io.holdfast.conformance.ledger.LedgerGrpc;
import io.holdfast.conformance.ledger.LedgerGrpc.LedgerBlockingStub;
import io.holdfast.conformance.ledger.Total;
import io.holdfast.conformance.ledger.Transfer;
import io.holdfast.conformance.wire.Channels;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the Cloudstate library for Java, as released, does with event-sourced entities. It has no
 * actions (its classes for stateless functions are not implemented), and the side effects that its
 * handlers ask for never leave it.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(Lifecycle.PER_CLASS)
class CloudstateJavaTest {

  private final Path folder;
  private final ForeignFunction function;
  private RunningProxy proxy;
  private ManagedChannel clients;

  CloudstateJavaTest(@TempDir Path folder) {
    this.folder = folder;
    this.function = new ForeignFunction(folder.resolve("function.log"));
    this.proxy = startProxy();
    this.clients = Channels.to(proxy.port());
  }

  private RunningProxy startProxy() {
    return RunningProxy.start(function.port(), folder.resolve("data"));
  }

  @AfterAll
  void stop() {
    clients.shutdownNow();
    proxy.close();
    function.close();
  }

  private LedgerBlockingStub ledger() {
    return LedgerGrpc.newBlockingStub(clients);
  }

  private long add(String account, long amount) {
    return ledger().add(change(account, amount)).getTotal();
  }

  private long total(String account) {
    return read(account).getTotal();
  }

  private Total read(String account) {
    return ledger().read(account(account));
  }

  private static Change change(String account, long amount) {
    return Change.newBuilder().setAccountId(account).setAmount(amount).build();
  }

  private static Account account(String account) {
    return Account.newBuilder().setAccountId(account).build();
  }

  private static Transfer transfer(String from, String to, long amount) {
    return Transfer.newBuilder().setAccountId(from).setOtherId(to).setAmount(amount).build();
  }

  @Test
  void commands_emit_events_and_reply() {
    assertThat(add("plain", 3)).isEqualTo(3);
    assertThat(add("plain", 4)).isEqualTo(7);
    assertThat(ledger().addTwice(change("plain", 1)).getTotal()).isEqualTo(9);
    assertThat(total("plain")).isEqualTo(9);
    assertThat(ledger().touch(account("plain"))).isEqualTo(Empty.getDefaultInstance());
  }

  @Test
  void a_failure_reaches_the_client_as_unknown_with_its_description() {
    add("refused", 3);
    assertThatThrownBy(() -> ledger().refuse(account("refused")))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure -> {
              assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNKNOWN);
              assertThat(failure.getStatus().getDescription()).contains("the ledger is closed");
            });
    assertThat(total("refused")).isEqualTo(3);
  }

  @Test
  void events_of_a_command_that_fails_are_not_stored() {
    add("undone", 3);
    assertThatThrownBy(() -> ledger().addAndRefuse(change("undone", 100)))
        .isInstanceOf(StatusRuntimeException.class);
    assertThat(total("undone")).isEqualTo(3);
  }

  @Test
  void a_forward_is_carried_out_by_the_other_entity_which_replies() {
    add("from", 1);
    assertThat(ledger().pass(transfer("from", "to", 5)).getTotal()).isEqualTo(5);
    assertThat(total("to")).isEqualTo(5);
    assertThat(total("from")).isEqualTo(1);
  }

  @Test
  void events_are_replayed_after_a_restart_of_the_function() throws Exception {
    add("replayed", 1);
    add("replayed", 2);
    var again = proxy.nextDiscovery();
    function.restart();
    again.toCompletableFuture().get(60, TimeUnit.SECONDS);
    Total total = read("replayed");
    assertThat(total.getTotal()).isEqualTo(3);
    assertThat(total.getReplayedEvents()).isEqualTo(2);
    assertThat(total.getRestored()).isFalse();
  }

  @Test
  void recovery_begins_with_the_newest_snapshot_after_a_restart_of_the_proxy() {
    for (int i = 0; i < 7; i++) {
      add("saved", 1);
    }
    clients.shutdownNow();
    proxy.close();
    proxy = startProxy();
    clients = Channels.to(proxy.port());
    Total total = read("saved");
    assertThat(total.getTotal()).isEqualTo(7);
    assertThat(total.getRestored()).isTrue();
    assertThat(total.getReplayedEvents()).isEqualTo(2);
  }
}
