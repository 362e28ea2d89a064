// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.cluster;

import io.holdfast.cli.process.ChildSpec;

/**
 * How a node is started.
 *
 * @param number its name in front of users; the first is 1
 * @param port where the proxy serves clients
 * @param functionPort where the function listens
 * @param clusterPort where the other nodes reach the proxy
 * @param managementPort where the proxy tells of the cluster
 */
public record NodeSpec(
    int number,
    ChildSpec function,
    ChildSpec proxy,
    int port,
    int functionPort,
    int clusterPort,
    int managementPort) {

  ChildSpec program(Part part) {
    ChildSpec program = part == Part.PROXY ? proxy : function;
    return program.named("%s of node %d".formatted(Nodes.word(part), number));
  }
}
