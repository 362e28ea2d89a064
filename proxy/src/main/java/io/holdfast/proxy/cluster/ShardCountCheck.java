// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster;

import akka.cluster.ConfigValidation;
import akka.cluster.JoinConfigCompatChecker;
import com.typesafe.config.Config;
import java.util.List;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Keeps a node out of a cluster that cuts its entity types into another number of shards: the two
 * would disagree about who owns an entity. Public for Akka, which makes it by name.
 */
public final class ShardCountCheck extends JoinConfigCompatChecker {

  private static final String KEY = "holdfast.cluster.shards";

  @Override
  public Seq<String> requiredKeys() {
    return CollectionConverters.asScala(List.of(KEY)).toSeq();
  }

  @Override
  public ConfigValidation check(Config toCheck, Config actual) {
    return JoinConfigCompatChecker.fullMatch(requiredKeys(), toCheck, actual);
  }
}
