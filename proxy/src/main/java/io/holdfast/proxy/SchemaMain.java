// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import com.typesafe.config.ConfigException;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.StoreSchema;

/**
 * Prints or makes the tables of the store that the proxy's own settings name. Another main class of
 * the proxy's jar, so that whoever can run the proxy can run this, in an image too. Exits with 1
 * and one sentence on standard error when it cannot, with 2 when it is not told what to do.
 */
public final class SchemaMain {

  private SchemaMain() {}

  public static void main(String[] args) {
    Main.logAsProcess();
    String what = args.length == 1 ? args[0] : "";
    if (!what.equals("print") && !what.equals("apply")) {
      stop(2, "say what to do: print or apply");
    }
    try {
      StoreSchema schema = StoreSchema.of(ProxyConfig.load());
      System.out.println(
          what.equals("print") ? schema.statements().stripTrailing() : schema.apply());
    } catch (StoreException | ConfigException e) {
      stop(1, String.valueOf(e.getMessage()));
    }
  }

  private static void stop(int code, String sentence) {
    System.err.println("holdfast: " + sentence);
    System.exit(code);
  }
}
