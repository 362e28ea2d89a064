// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.record;

import io.holdfast.persistence.StoreException;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/**
 * An ordered map of byte strings, compared byte by byte as unsigned numbers: what a store is built
 * on. Reads may come from any thread and block; they see what is committed and nothing else. Every
 * method throws {@link StoreException} when the data cannot be reached or is damaged.
 */
public interface Records extends AutoCloseable {

  /**
   * Applies the whole batch or nothing of it. Returns once it is as durable as this store can make
   * it. After a failure the batch may or may not be stored, as a whole. What reads find then is
   * certain again once a commit has succeeded. One thread at a time commits.
   */
  void commit(RecordBatch batch);

  /**
   * The number of operations ever committed, or more. The operations of the next batch count up
   * from here, so that no two ever get one number, restarts included.
   */
  long operations();

  /** The value under the key, or null. */
  byte @Nullable [] get(byte[] key);

  /** Visits the records from {@code from} to before {@code to} in order, while asked to go on. */
  void scan(byte[] from, byte[] to, Visitor visitor);

  /** The last record from {@code from} to before {@code to}, or null. */
  @Nullable Entry<byte[], byte[]> last(byte[] from, byte[] to);

  /** Frees all resources. Reads and commits under way finish first, later ones fail. */
  @Override
  void close();

  /** Looks at records one after the other. */
  interface Visitor {
    /** Whether to go on. */
    boolean visit(byte[] key, byte[] value);
  }
}
