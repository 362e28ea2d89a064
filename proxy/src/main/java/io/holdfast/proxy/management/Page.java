// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.management;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Something to show on the operators' port. Safe for use by many threads. */
@FunctionalInterface
public interface Page {

  /**
   * Makes what is shown now. Returns at once; what takes longer completes later, on any thread. A
   * page that fails is answered with status 500.
   */
  CompletionStage<Shown> show();

  /**
   * What is shown.
   *
   * @param status an HTTP status
   * @param contentType as in the header {@code Content-Type}
   */
  record Shown(int status, String contentType, String body) {

    private static final String TEXT = "text/plain; charset=UTF-8";
    private static final String JSON = "application/json";

    /** One line for people. */
    public static Shown text(int status, String line) {
      return new Shown(status, TEXT, line + '\n');
    }

    /** A document for programs. */
    public static Shown json(String document) {
      return new Shown(200, JSON, document + '\n');
    }

    /** The same as a page's answer that needs no time. */
    public CompletionStage<Shown> now() {
      return CompletableFuture.completedFuture(this);
    }
  }
}
