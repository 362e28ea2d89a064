// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/** Says which entity of a population the next request is for. */
public final class EntityOrder {

  /** No request is left. */
  public static final int END = -1;

  private final IntSupplier next;

  private EntityOrder(IntSupplier next) {
    this.next = next;
  }

  /** Any of the first {@code size}, each as likely, without end; the same each run. */
  public static EntityOrder uniform(int size) {
    var random = new SplittableRandom(size);
    return new EntityOrder(() -> random.nextInt(size));
  }

  /** From {@code from} up to but not {@code to}, one after the other, that many times over. */
  public static EntityOrder sweep(int from, int to, int times) {
    long end = (long) (to - from) * times;
    return new EntityOrder(
        new IntSupplier() {
          private long position;

          @Override
          public int getAsInt() {
            return position == end ? END : from + (int) (position++ % (to - from));
          }
        });
  }

  int next() {
    return next.getAsInt();
  }
}
