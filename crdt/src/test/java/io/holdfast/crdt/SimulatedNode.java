// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.Address;
import akka.cluster.UniqueAddress;
import io.holdfast.crdt.causal.ReplicaId;
import io.holdfast.crdt.store.Kind;
import io.holdfast.crdt.wire.FunctionView;
import io.holdfast.crdt.wire.InvalidDeltaException;
import io.holdfast.crdt.wire.Mutation;
import io.holdfast.crdt.wire.News;
import io.holdfast.crdt.wire.Voters;
import io.holdfast.protocol.crdt.CrdtDelta;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A replica and the function beside it, without anything between them. */
public final class SimulatedNode {

  public final UniqueAddress address;
  public ReplicatedState replica = ReplicatedState.EMPTY;
  public FunctionView view;
  public @Nullable FunctionModel model;
  private final Set<ReplicaId> up;
  private @Nullable UniqueAddress gone;
  private long now;

  private SimulatedNode(UniqueAddress address, Set<ReplicaId> up) {
    this.address = address;
    this.up = up;
    this.view = FunctionView.of(replica, new Voters(ReplicaId.of(address), up));
  }

  /** As many nodes that know of each other. */
  public static SimulatedNode[] cluster(int size) {
    var up = new HashSet<ReplicaId>();
    for (int i = 0; i < size; i++) {
      up.add(ReplicaId.of(address(i)));
    }
    var nodes = new SimulatedNode[size];
    for (int i = 0; i < size; i++) {
      nodes[i] = new SimulatedNode(address(i), up);
    }
    return nodes;
  }

  private static UniqueAddress address(int i) {
    return new UniqueAddress(new Address("akka", "holdfast", "127.0.0.1", 2551 + i), 77L + i);
  }

  /** Its function changes its data. Gives what other replicas have to merge. */
  public ReplicatedState write(CrdtDelta delta) {
    Mutation mutation;
    try {
      mutation = view.mutate(delta, () -> now++ / 2);
    } catch (InvalidDeltaException e) {
      throw new AssertionError(e.what(), e);
    }
    if (model == null) {
      model = FunctionModel.from(delta);
    } else {
      model.apply(delta);
    }
    view = mutation.view();
    receive(mutation.change());
    return mutation.change();
  }

  public Voters voters() {
    return new Voters(ReplicaId.of(address), up);
  }

  /** Another state, or a change, comes in. */
  public void receive(ReplicatedState other) {
    replica = replica.mergeData(gone == null ? other : other.pruningCleanup(gone));
  }

  /** Another node has left, and what it wrote was taken over. */
  public void forget(UniqueAddress left) {
    gone = left;
    replica = replica.pruningCleanup(left);
  }

  /** It takes over what another node wrote that has left. */
  public void inherit(UniqueAddress left) {
    gone = left;
    replica = replica.prune(left, address);
  }

  /** Its function is told the news. */
  public void tell() {
    News news = view.news(replica, voters());
    if (news instanceof News.Changed changed) {
      if (model == null) {
        model = FunctionModel.from(changed.delta());
      } else {
        model.apply(changed.delta());
      }
      view = changed.view();
    } else if (news instanceof News.None none) {
      view = none.view();
    } else {
      assertThat(news).isEqualTo(News.StartAnew.START_ANEW);
      view = FunctionView.of(replica, voters());
      model = value();
    }
  }

  /** What a function would have that starts now. */
  public @Nullable FunctionModel value() {
    return FunctionView.of(replica, voters()).everything().map(FunctionModel::from).orElse(null);
  }

  public Kind kind(Kind otherwise) {
    return model == null ? otherwise : Kind.valueOf(model.type().name());
  }
}
