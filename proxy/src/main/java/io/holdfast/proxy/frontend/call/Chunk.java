// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.call;

import com.linecorp.armeria.common.HttpData;
import java.io.ByteArrayOutputStream;

/** Replies that travel together in one piece of the response. */
public final class Chunk extends ByteArrayOutputStream {

  public Chunk(int capacity) {
    super(capacity);
  }

  /** Its bytes, not copied: append nothing afterwards. */
  public HttpData data() {
    return HttpData.wrap(buf, 0, count);
  }
}
