// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.command;

import com.google.protobuf.ByteString;

/** The messages of a command whose request is a stream. They come as they are asked for. */
public interface RequestStream {

  /** Told of the messages, by one thread at a time. Must not block. */
  interface Listener {

    /** One more message: a payload of the method's input type, bytes unchanged. */
    void onNext(ByteString payload);

    /** The client has sent all that it will send. */
    void onEnd();

    /** The client's stream is broken; there are no more messages. */
    void onFailure(Failure failure);
  }

  /** Names the listener. Called once, before any request. */
  void listen(Listener listener);

  /** Asks for that many more messages. May be called by any thread. */
  void request(int messages);
}
