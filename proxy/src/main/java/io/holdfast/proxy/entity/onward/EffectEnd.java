// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.onward;

import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a side effect. That it failed is reported, and changes nothing for anybody else. */
final class EffectEnd implements ReplyTo, Outcome.Visitor {

  private static final Logger log = LoggerFactory.getLogger(EffectEnd.class);

  private final Command effect;
  private final Consumer<String> report;
  private final Runnable then;
  private final AtomicBoolean ended = new AtomicBoolean();

  EffectEnd(Command effect, Consumer<String> report, Runnable then) {
    this.effect = effect;
    this.report = report;
    this.then = then;
  }

  @Override
  public void complete(Outcome outcome) {
    if (ended.compareAndSet(false, true)) {
      outcome.visit(this);
      then.run();
    }
  }

  @Override
  public void onReplied(Outcome.Replied replied) {}

  @Override
  public void onFailed(Outcome.Failed failed) {
    String sentence =
        "the side effect "
            + effect.method().fullName()
            + " on "
            + effect.entity()
            + " failed: "
            + failed.failure().detail();
    log.warn("{}", sentence);
    report.accept(sentence);
  }

  @Override
  public boolean abandoned() {
    return false;
  }
}
