// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.process;

/** Something that keeps a row from being measured. The message is one sentence for the reader. */
public final class BenchException extends RuntimeException {

  private BenchException(String message) {
    super(message);
  }

  private BenchException(String message, Throwable cause) {
    super(message, cause);
  }

  public static BenchException because(String sentence) {
    return new BenchException(sentence);
  }

  public static BenchException because(String sentence, Throwable cause) {
    return new BenchException(sentence + ": " + cause.getMessage(), cause);
  }
}
