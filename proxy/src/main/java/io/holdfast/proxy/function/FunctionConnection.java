// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.function;

import io.grpc.Channel;
import io.grpc.Status;
import io.holdfast.protocol.EntitySpec;
import io.holdfast.proxy.discovery.EntityService;
import io.holdfast.proxy.discovery.FunctionSpec;
import io.holdfast.proxy.discovery.SpecCheck;
import io.holdfast.proxy.discovery.Verdict;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the proxy connected to its function. Waits for the function until it is up, asks it once
 * for each connection what it serves, and starts over when the connection is lost. A function that
 * cannot be served stays connected and is not asked again until it has restarted.
 *
 * <pre>
 *   waiting --connects--> asking --accepted--> serving --lost--> waiting
 *                         asking --refused--> refused --lost--> waiting
 *                         asking --fails, hangs--> waiting
 * </pre>
 *
 * <p>All of that happens on one thread of its own, which also calls the listener. The other methods
 * may be called by any thread.
 */
public final class FunctionConnection implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FunctionConnection.class);

  private final FunctionSettings settings;
  private final DiscoverySettings discovery;
  private final SpecCheck check;
  private final EventLoopGroup eventLoops;
  private final FunctionListener listener;
  private final OwnThread thread = new OwnThread("holdfast-function");
  private final Backoff backoff;
  private final WaitingLog waitingLog;
  private final ErrorReports reports;
  private final GatedChannel gate;
  private final AtomicBoolean closing = new AtomicBoolean();

  /** Null while waiting. Changed by the own thread only. */
  private volatile @Nullable Link current;

  // What follows belongs to the own thread.
  private final List<Link> ending = new ArrayList<>();
  private List<String> lastWarnings = List.of();
  private boolean serving;
  private boolean closed;

  /**
   * @param eventLoops runs the connection's sockets; stays the caller's
   */
  public FunctionConnection(
      FunctionSettings settings,
      DiscoverySettings discovery,
      SpecCheck check,
      EventLoopGroup eventLoops,
      FunctionListener listener) {
    this.settings = settings;
    this.discovery = discovery;
    this.check = check;
    this.eventLoops = eventLoops;
    this.listener = listener;
    this.backoff =
        new Backoff(
            discovery.retryMin(),
            discovery.retryMax(),
            discovery.retryJitter(),
            () -> ThreadLocalRandom.current().nextDouble());
    this.waitingLog = new WaitingLog(settings.address());
    this.reports = new ErrorReports(discovery);
    this.gate = new GatedChannel(settings.address());
  }

  /** Starts to look for the function, and returns at once. Called once. */
  public void start() {
    thread.run(this::connect);
  }

  /**
   * Leads to the function that was last discovered, across reconnections. While no function can be
   * served, calls end within their start with UNAVAILABLE. Calls without an executor of their own
   * are heard on the transport's threads.
   */
  public Channel channel() {
    return gate;
  }

  /**
   * Tells the connected function what it did wrong. Returns at once and promises nothing: without a
   * function, or with too many reports under way, the message is dropped.
   */
  public void reportError(String message) {
    var link = current;
    if (link != null) {
      reports.send(link.channel(), message);
    }
  }

  /**
   * Gives the function up. What is in flight has the close time-out to end, then it is cancelled.
   * Waits for that; the listener hears nothing any more.
   */
  @Override
  public void close() {
    if (closing.compareAndSet(false, true)) {
      for (Link link : thread.finish(this::endAll)) {
        link.awaitEnd(settings.closeTimeout());
      }
    }
  }

  private List<Link> endAll() {
    closed = true;
    var link = current;
    if (link != null) {
      retire(link);
    }
    return List.copyOf(ending);
  }

  private void connect() {
    if (closed) {
      return;
    }
    var link = new Link(settings, eventLoops, lost -> thread.run(() -> lost(lost)));
    current = link;
    link.ask(
        discovery.timeout(),
        spec -> thread.run(() -> answered(link, spec)),
        failure -> thread.run(() -> failed(link, failure)));
  }

  private void failed(Link link, Status failure) {
    if (link != current) {
      return;
    }
    waitingLog.failed(failure);
    retire(link);
    link.endNow();
    connectLater();
  }

  private void answered(Link link, EntitySpec spec) {
    if (link != current) {
      return;
    }
    waitingLog.succeeded();
    backoff.reset();
    var verdict = check.check(spec);
    if (verdict instanceof Verdict.Accepted accepted) {
      accept(link, accepted);
    } else if (verdict instanceof Verdict.Refused refused) {
      refuse(link, refused.problems());
    }
  }

  private void accept(Link link, Verdict.Accepted accepted) {
    warn(accepted);
    if (!accepted.unserved().isEmpty()) {
      reports.send(link.channel(), String.join("\n", accepted.unserved()));
    }
    logDiscovered(accepted.spec());
    serving = true;
    gate.openTo(link.channel());
    if (link.isLost()) {
      // It went between its answer and now; that it did is the next thing this thread hears.
      gate.closeTo(link.channel());
    }
    listener.discovered(accepted.spec());
  }

  /** Once for the same sentences, however often the function restarts. */
  private void warn(Verdict.Accepted accepted) {
    var warnings = new ArrayList<>(accepted.warnings());
    warnings.addAll(accepted.unserved());
    if (!warnings.equals(lastWarnings)) {
      lastWarnings = List.copyOf(warnings);
      lastWarnings.forEach(LOG::warn);
    }
  }

  private void refuse(Link link, List<String> problems) {
    LOG.error(
        "The function at {} cannot be served. Correct this and restart it:", settings.address());
    problems.forEach(LOG::error);
    reports.send(link.channel(), String.join("\n", problems));
    listener.refused(problems);
  }

  private void lost(Link link) {
    if (link != current) {
      return;
    }
    var reason = "the connection to the function at " + settings.address() + " was lost";
    LOG.warn("{}, waiting for it to come back", capitalised(reason));
    retire(link);
    thread.runLater(settings.closeTimeout(), link::endNow);
    connectLater();
    if (serving) {
      serving = false;
      listener.lost(reason);
    }
  }

  private void retire(Link link) {
    current = null;
    gate.closeTo(link.channel());
    link.end();
    ending.removeIf(Link::hasEnded);
    ending.add(link);
  }

  private void connectLater() {
    thread.runLater(backoff.next(), this::connect);
  }

  private void logDiscovered(FunctionSpec spec) {
    var info = spec.info();
    LOG.info(
        "The function at {} serves {} ({})",
        settings.address(),
        spec.services().stream().map(EntityService::name).collect(Collectors.joining(", ")),
        Stream.of(
                info.getServiceName(),
                info.getServiceVersion(),
                info.getSupportLibraryName(),
                info.getSupportLibraryVersion())
            .filter(word -> !word.isBlank())
            .collect(Collectors.joining(" ")));
  }

  private static String capitalised(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }
}
