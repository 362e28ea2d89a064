// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.large;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.Empty;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.Value;
import io.holdfast.sdk.ValueEntity;
import io.holdfast.testkit.guide.api.AccountsGrpc;
import io.holdfast.testkit.guide.api.Balance;
import io.holdfast.testkit.guide.api.DepositRequest;
import io.holdfast.testkit.guide.api.GetBalanceRequest;
import io.holdfast.testkit.guide.api.WithdrawRequest;

/** Holds as many bytes as were last deposited. */
final class BoxEntity implements ValueEntity<BytesValue> {

  static Value<BoxEntity, BytesValue> described() {
    return Value.entity("box", AccountsGrpc.getServiceDescriptor(), BoxEntity::new)
        .on(AccountsGrpc.getDepositMethod(), BoxEntity::deposit)
        .on(AccountsGrpc.getWithdrawMethod(), BoxEntity::withdraw)
        .on(AccountsGrpc.getGetBalanceMethod(), BoxEntity::balance);
  }

  @Override
  public BytesValue emptyState() {
    return BytesValue.getDefaultInstance();
  }

  Effect<Empty> deposit(BytesValue held, DepositRequest request) {
    return update(BytesValue.of(ByteString.copyFrom(new byte[(int) request.getCents()])))
        .thenReply(Empty.getDefaultInstance());
  }

  Effect<Balance> withdraw(BytesValue held, WithdrawRequest request) {
    return update(emptyState()).thenReply(Balance.getDefaultInstance());
  }

  ReadOnlyEffect<Balance> balance(BytesValue held, GetBalanceRequest request) {
    return reply(Balance.newBuilder().setCents(held.getValue().size()).build());
  }
}
