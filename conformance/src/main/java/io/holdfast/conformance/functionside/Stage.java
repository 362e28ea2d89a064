// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.holdfast.conformance.wire.Channels;
import io.holdfast.protocol.EntitySpec;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A scripted function that announces the model, a proxy beside it, and a client's channel. */
public final class Stage implements AutoCloseable {

  /** Long enough for a suite to answer, on a machine with much else to do. */
  public static final Duration PATIENT = Duration.ofSeconds(20);

  private static final AtomicInteger IDS = new AtomicInteger();

  private final ScriptedFunction function;
  private final ProxySubject.Running proxy;
  private final ManagedChannel clients;

  private Stage(ScriptedFunction function, ProxySubject.Running proxy) {
    this.function = function;
    this.proxy = proxy;
    this.clients = Channels.to(proxy.port());
  }

  /** With a function that announces the model. Returns once the proxy is ready. */
  public static Stage open(ProxySubject subject, Duration answerTimeout) {
    return open(subject, answerTimeout, Announcements.model());
  }

  /** With a function that announces that. Returns once the proxy is ready. */
  public static Stage open(ProxySubject subject, Duration answerTimeout, EntitySpec announced) {
    var function = ScriptedFunction.up(announced);
    var stage = new Stage(function, subject.start(function.port(), answerTimeout));
    try {
      stage.proxy.awaitReady();
      return stage;
    } catch (RuntimeException | AssertionError e) {
      stage.close();
      throw e;
    }
  }

  public ScriptedFunction function() {
    return function;
  }

  public Channel clients() {
    return clients;
  }

  /** Where clients reach the proxy. */
  public int port() {
    return proxy.port();
  }

  /** The id of an entity that nobody else uses. */
  public static String newId() {
    return "entity-" + IDS.incrementAndGet();
  }

  @Override
  public void close() {
    clients.shutdownNow();
    proxy.close();
    function.close();
  }
}
