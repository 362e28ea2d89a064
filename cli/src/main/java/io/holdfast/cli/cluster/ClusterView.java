// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.cluster;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The cluster as one of its nodes sees it, as that node's operators' port tells.
 *
 * @param leader the address of the leader; empty while there is none
 * @param members the status of each member by its address; {@code Up, unreachable} of one that is
 *     not heard of
 * @param shards for each entity type how many shards each address has
 */
public record ClusterView(
    String leader, Map<String, String> members, Map<String, Map<String, Integer>> shards) {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  public ClusterView {
    members = Map.copyOf(members);
    shards = new TreeMap<>(shards);
  }

  /** Asks a node; empty when it does not tell. Never fails. */
  public static CompletableFuture<Optional<ClusterView>> of(int managementPort) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/cluster"))
            .timeout(PATIENCE)
            .build();
    return CLIENT
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(ClusterView::read)
        .exceptionally(unreachable -> Optional.empty());
  }

  private static Optional<ClusterView> read(HttpResponse<String> response) {
    try {
      return response.statusCode() == 200 ? Optional.of(parse(response.body())) : Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  static ClusterView parse(String json) throws InvalidProtocolBufferException {
    var document = Struct.newBuilder();
    JsonFormat.parser().merge(json, document);
    var members = new TreeMap<String, String>();
    for (Value value : field(document.build(), "members").getListValue().getValuesList()) {
      Struct member = value.getStructValue();
      boolean reachable = field(member, "reachable").getBoolValue();
      members.put(
          field(member, "address").getStringValue(),
          field(member, "status").getStringValue() + (reachable ? "" : ", unreachable"));
    }
    var shards = new TreeMap<String, Map<String, Integer>>();
    field(document.build(), "shards")
        .getStructValue()
        .getFieldsMap()
        .forEach((type, counts) -> shards.put(type, numbers(counts.getStructValue())));
    return new ClusterView(field(document.build(), "leader").getStringValue(), members, shards);
  }

  private static Map<String, Integer> numbers(Struct counts) {
    var numbers = new TreeMap<String, Integer>();
    counts
        .getFieldsMap()
        .forEach((address, count) -> numbers.put(address, (int) count.getNumberValue()));
    return numbers;
  }

  private static Value field(Struct struct, String name) {
    return struct.getFieldsOrDefault(name, Value.getDefaultInstance());
  }

  /** How many shards that address has, type by type, "cart 43, user 42". */
  String shardsOf(String address) {
    var text = new StringBuilder();
    shards.forEach(
        (type, counts) -> {
          Integer count = counts.get(address);
          if (count != null) {
            text.append(text.isEmpty() ? "" : ", ").append(type).append(' ').append(count);
          }
        });
    return text.isEmpty() ? "-" : text.toString();
  }
}
