// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.embedded;

import io.holdfast.persistence.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The process whose disk is too small: writes until a write fails, then makes room and goes on in
 * the same process.
 */
public final class FillingWriter {

  private static final int PAYLOAD_BYTES = 50_000;

  private FillingWriter() {}

  /** Arguments: the data directory, and a file that takes up room until it is deleted. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    Path ballast = Path.of(arguments[1]);
    var clock = new AtomicLong();
    Ledger ledger = Ledger.open(directory, clock::get);
    System.out.println("failed " + fill(ledger).getMessage());
    long acknowledged = ledger.last();
    System.out.println("readable " + (ledger.readAll().size() >= acknowledged));
    System.out.println("refuses " + !appends(ledger));
    Files.deleteIfExists(ballast);
    System.out.println("waits " + !appends(ledger));
    clock.addAndGet(Duration.ofSeconds(2).toNanos());
    System.out.println("reopens " + !appends(ledger));
    System.out.println("recovered " + appends(ledger));
    ledger.close();
    try (Ledger reopened = Ledger.open(directory)) {
      // The failed write was told to nobody; it may be there or not.
      long stored = reopened.readAll().size();
      System.out.println("whole " + (stored > acknowledged && stored <= acknowledged + 2));
    }
  }

  private static StoreException fill(Ledger ledger) {
    while (true) {
      try {
        ledger.append(PAYLOAD_BYTES);
      } catch (StoreException e) {
        return e;
      }
    }
  }

  private static boolean appends(Ledger ledger) {
    try {
      ledger.lookAgain();
      ledger.append(PAYLOAD_BYTES);
      return true;
    } catch (StoreException e) {
      return false;
    }
  }
}
