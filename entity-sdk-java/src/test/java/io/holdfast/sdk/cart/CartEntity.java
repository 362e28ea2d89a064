// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.cart;

import com.google.protobuf.Empty;
import io.grpc.Status;
import io.holdfast.sdk.CommandContext;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.EventSourced;
import io.holdfast.sdk.EventSourcedEntity;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.cart.CartEvent.Emptied;
import io.holdfast.sdk.cart.CartEvent.ItemAdded;
import io.holdfast.sdk.profile.Profile;
import io.holdfast.sdk.profile.ProfileEntity;
import io.holdfast.sdk.testproto.AddItemRequest;
import io.holdfast.sdk.testproto.CartView;
import io.holdfast.sdk.testproto.GetCartRequest;
import io.holdfast.sdk.testproto.TestCartGrpc;
import java.util.List;

/** Does what the product's name asks for. */
public final class CartEntity implements EventSourcedEntity<Cart, CartEvent> {

  public static EventSourced<CartEntity, Cart, CartEvent> described() {
    return EventSourced.entity("cart", TestCartGrpc.getServiceDescriptor(), CartEntity::new)
        .on(TestCartGrpc.getAddItemMethod(), CartEntity::addItem)
        .on(TestCartGrpc.getAddAndShowMethod(), CartEntity::addAndShow)
        .on(TestCartGrpc.getGetCartMethod(), CartEntity::getCart);
  }

  @Override
  public Cart emptyState() {
    return Cart.EMPTY;
  }

  @Override
  public Cart onEvent(Cart cart, CartEvent event) {
    return event.applyTo(cart);
  }

  public Effect<Empty> addItem(Cart cart, AddItemRequest item) {
    return switch (item.getProductId()) {
      case "forbidden" -> refuse(Status.Code.FAILED_PRECONDITION, "this is forbidden");
      case "nothing" -> nothing();
      case "quiet" -> persist(new Emptied()).thenNothing();
      case "broken" -> throw new IllegalStateException("this broke\nsecond line");
      case "null" -> noEffect();
      case "value" -> new ProfileEntity().update(Profile.EMPTY).thenNothing();
      default -> persist(added(item)).thenReply(Empty.getDefaultInstance());
    };
  }

  /** Adds the item in two events, "twice" and once. */
  public Effect<CartView> addAndShow(Cart cart, AddItemRequest item) {
    return persistAll(item.getQuantity() == 0 ? List.of() : List.of(added(item), added(item)))
        .thenReplyFrom(CartEntity::view);
  }

  public ReadOnlyEffect<CartView> getCart(
      Cart cart, GetCartRequest request, CommandContext context) {
    var view = view(cart).toBuilder();
    context
        .metadata()
        .text("x-show-context")
        .ifPresent(
            text ->
                view.putQuantities(
                    context.command() + " " + context.entityId() + " " + text,
                    (int) context.sequence()));
    return reply(view.build());
  }

  private static CartView view(Cart cart) {
    return CartView.newBuilder().putAllQuantities(cart.quantities()).build();
  }

  private static ItemAdded added(AddItemRequest item) {
    return new ItemAdded(item.getProductId(), item.getQuantity());
  }

  @SuppressWarnings("NullAway") // What a user without a null checker may do.
  private static Effect<Empty> noEffect() {
    return null;
  }
}
