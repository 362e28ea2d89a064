// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.call;

import java.util.concurrent.TimeUnit;

/** Reads the {@code grpc-timeout} header: up to eight digits and a unit. */
final class CallTimeout {

  private static final int DIGITS_MAX = 8;

  private CallTimeout() {}

  /**
   * The time that the client gives, in nanoseconds.
   *
   * @throws RefusedCallException when the header is malformed
   */
  static long nanos(String header) throws RefusedCallException {
    int digits = header.length() - 1;
    if (digits < 1 || digits > DIGITS_MAX) {
      throw malformed(header);
    }
    long amount = 0;
    for (int i = 0; i < digits; i++) {
      char c = header.charAt(i);
      if (c < '0' || c > '9') {
        throw malformed(header);
      }
      amount = amount * 10 + (c - '0');
    }
    return unit(header).toNanos(amount);
  }

  private static TimeUnit unit(String header) throws RefusedCallException {
    return switch (header.charAt(header.length() - 1)) {
      case 'n' -> TimeUnit.NANOSECONDS;
      case 'u' -> TimeUnit.MICROSECONDS;
      case 'm' -> TimeUnit.MILLISECONDS;
      case 'S' -> TimeUnit.SECONDS;
      case 'M' -> TimeUnit.MINUTES;
      case 'H' -> TimeUnit.HOURS;
      default -> throw malformed(header);
    };
  }

  private static RefusedCallException malformed(String header) {
    return RefusedCallException.invalid("malformed grpc-timeout '" + header + "'");
  }
}
