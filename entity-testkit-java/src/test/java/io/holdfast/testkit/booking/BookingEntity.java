// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.booking;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.EventSourced;
import io.holdfast.sdk.EventSourcedEntity;
import io.holdfast.sdk.StoredAs;
import io.holdfast.testkit.booking.BookingEntity.Booked;
import io.holdfast.testkit.booking.BookingEntity.Bookings;
import io.holdfast.testkit.guide.api.AccountsGrpc;
import io.holdfast.testkit.guide.api.Balance;
import io.holdfast.testkit.guide.api.DepositRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Books deposits: large ones with large notes, small ones in cash or by card. */
final class BookingEntity implements EventSourcedEntity<Bookings, Booked> {

  sealed interface Kind {}

  @StoredAs("by-card")
  record ByCard(String number) implements Kind {}

  @StoredAs("cash")
  enum Cash implements Kind {
    NOTES,
    COINS
  }

  @StoredAs("booked")
  record Booked(long cents, Kind kind, Map<String, ByteString> notes) {}

  @StoredAs("bookings")
  record Bookings(long cents, List<Kind> kinds) {}

  static EventSourced<BookingEntity, Bookings, Booked> described() {
    return EventSourced.entity("booking", AccountsGrpc.getServiceDescriptor(), BookingEntity::new)
        .on(AccountsGrpc.getDepositMethod(), BookingEntity::deposit)
        .on(
            AccountsGrpc.getWithdrawMethod(),
            (entity, bookings, command) -> entity.reply(Balance.getDefaultInstance()))
        .on(
            AccountsGrpc.getGetBalanceMethod(),
            (entity, bookings, command) ->
                entity.reply(Balance.newBuilder().setCents(bookings.cents()).build()))
        .snapshotEvery(2);
  }

  @Override
  public Bookings emptyState() {
    return new Bookings(0, List.of());
  }

  @Override
  public Bookings onEvent(Bookings bookings, Booked event) {
    var kinds = new ArrayList<>(bookings.kinds());
    kinds.add(event.kind());
    return new Bookings(bookings.cents() + event.cents(), kinds);
  }

  Effect<Empty> deposit(Bookings bookings, DepositRequest command) {
    long cents = command.getCents();
    Map<String, ByteString> notes = Map.of("n".repeat((int) cents), ByteString.copyFromUtf8("n"));
    return persist(new Booked(cents, kind(bookings.kinds().size()), notes)).thenNothing();
  }

  private static Kind kind(int place) {
    return place % 2 == 0 ? new ByCard("4") : Cash.COINS;
  }
}
