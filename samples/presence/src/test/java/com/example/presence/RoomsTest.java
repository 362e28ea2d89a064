// SPDX-License-Identifier: Apache-2.0
package com.example.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.presence.api.Room;
import com.example.presence.api.RoomName;
import com.example.presence.api.RoomsGrpc;
import com.example.presence.api.Visit;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.holdfast.testkit.junit.HoldfastExtension;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rooms as their visitors see them, behind a real proxy. Each test has a room of its own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RoomsTest {

  @RegisterExtension
  static final HoldfastExtension holdfast = HoldfastExtension.serving(Main.room());

  @Test
  void everybody_sees_who_comes_and_goes() throws Exception {
    var watcher = new Client();
    watcher.watch("one");
    watcher.sees();
    var ann = new Client();
    ann.enter("one", "ann");
    ann.sees("ann");
    watcher.sees("ann");
    var bob = new Client();
    bob.enter("one", "bob");
    bob.sees("ann", "bob");
    ann.sees("ann", "bob");
    watcher.sees("ann", "bob");
    ann.leave();
    bob.sees("bob");
    watcher.sees("bob");
    bob.leave();
    watcher.sees();
    watcher.leave();
  }

  @Test
  void who_is_there_twice_leaves_with_the_second_stream() throws Exception {
    var watcher = new Client();
    watcher.watch("two");
    watcher.sees();
    var phone = new Client();
    phone.enter("two", "ann");
    watcher.sees("ann");
    var laptop = new Client();
    laptop.enter("two", "ann");
    laptop.sees("ann");
    phone.leave();
    var bob = new Client();
    bob.enter("two", "bob");
    watcher.sees("ann", "bob");
    laptop.leave();
    watcher.sees("bob");
    bob.leave();
    watcher.sees();
    watcher.leave();
  }

  @Test
  void nobody_stays_behind_when_the_function_is_restarted() throws Exception {
    var ann = new Client();
    ann.enter("restarted", "ann");
    ann.sees("ann");
    holdfast.restartFunction();
    ann.isLost();

    var watcher = new Client();
    watcher.watch("restarted");
    watcher.sees();
    watcher.leave();
  }

  @Test
  void a_room_may_be_watched_over_http_a_line_for_each_change() throws Exception {
    var lines =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(holdfast.http().resolve("/rooms/three/visitors")).build(),
                BodyHandlers.ofLines());
    var line = lines.body().iterator();
    assertThat(line.next()).isEqualTo("{\"visitors\":[]}");
    var ann = new Client();
    ann.enter("three", "ann");
    assertThat(line.next()).isEqualTo("{\"visitors\":[\"ann\"]}");
    ann.leave();
    assertThat(line.next()).isEqualTo("{\"visitors\":[]}");
    lines.body().close();
  }

  @Test
  void who_has_no_name_is_refused() {
    var nobody =
        RoomsGrpc.newBlockingStub(holdfast.channel())
            .withWaitForReady()
            .enter(Visit.newBuilder().setRoom("four").setVisitor(" ").build());
    assertThatThrownBy(nobody::next)
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessage("INVALID_ARGUMENT: a visitor needs a name");
    assertThat(
            RoomsGrpc.newBlockingStub(holdfast.channel())
                .getRoom(RoomName.newBuilder().setRoom("four").build())
                .getVisitorsList())
        .isEmpty();
  }

  /** Somebody with a stream. */
  private static final class Client implements StreamObserver<Room> {

    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
    private final CancellableContext call = Context.current().withCancellation();

    void enter(String room, String visitor) {
      var visit = Visit.newBuilder().setRoom(room).setVisitor(visitor).build();
      call.run(() -> RoomsGrpc.newStub(holdfast.channel()).withWaitForReady().enter(visit, this));
    }

    void watch(String room) {
      var name = RoomName.newBuilder().setRoom(room).build();
      call.run(() -> RoomsGrpc.newStub(holdfast.channel()).withWaitForReady().watch(name, this));
    }

    void leave() {
      call.cancel(null);
    }

    void sees(String... visitors) throws InterruptedException {
      assertThat(seen.poll(20, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              Room.class, room -> assertThat(room.getVisitorsList()).containsExactly(visitors));
    }

    void isLost() throws InterruptedException {
      assertThat(seen.poll(20, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              lost -> assertThat(lost.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    }

    @Override
    public void onNext(Room room) {
      seen.add(room);
    }

    @Override
    public void onError(Throwable failure) {
      seen.add(failure);
    }

    @Override
    public void onCompleted() {
      seen.add("completed");
    }
  }
}
