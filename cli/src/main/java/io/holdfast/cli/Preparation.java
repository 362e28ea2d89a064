// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

import io.holdfast.cli.project.Checkout;
import io.holdfast.cli.project.FunctionProject;
import io.holdfast.cli.project.ProjectBuild;
import java.util.concurrent.CompletableFuture;

/**
 * What must be done before a function and its proxy can be started.
 *
 * @param noBuild whether the function's jar is taken as it is
 */
record Preparation(Checkout checkout, FunctionProject project, boolean noBuild, Terminal terminal) {

  /**
   * Builds the function, and the proxy's class archive beside it.
   *
   * @throws CliException when there is no function to run
   */
  void run() throws InterruptedException {
    if (noBuild) {
      project.runnableJar();
    }
    var archive = new ClassArchive(checkout.proxyJar());
    CompletableFuture<Void> archived = CompletableFuture.completedFuture(null);
    if (!archive.isUpToDate()) {
      terminal.say("Making the proxy start faster from now on ...");
      archived = CompletableFuture.runAsync(archive::make);
    }
    try {
      if (!noBuild) {
        new ProjectBuild(checkout, project, terminal::say).run();
      }
    } finally {
      archived.join();
    }
  }
}
