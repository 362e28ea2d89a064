// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import io.holdfast.protocol.Entity;
import io.holdfast.protocol.EntitySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Checks all that a function announces, and finds everything that is wrong with it at once. Asks
 * nobody and keeps nothing.
 */
public final class SpecCheck {

  private final boolean checkVersion;
  private final Duration passivateAfter;

  /**
   * @param checkVersion whether a function of another protocol version is refused
   * @param passivateAfter for entities whose function announces no time of its own
   */
  public SpecCheck(boolean checkVersion, Duration passivateAfter) {
    this.checkVersion = checkVersion;
    this.passivateAfter = passivateAfter;
  }

  public Verdict check(EntitySpec spec) {
    var problems = new ArrayList<String>();
    var warnings = new ArrayList<String>();
    checkVersion(ProtocolVersion.of(spec.getServiceInfo()), problems, warnings);
    if (spec.getEntitiesCount() == 0) {
      problems.add("The function announces no entities: register at least one before it starts.");
    }
    checkNames(spec.getEntitiesList(), problems);
    checkPersistenceIds(spec.getEntitiesList(), problems);
    var files = DescriptorFiles.read(spec.getProto(), problems);
    var check = new EntityCheck(files, passivateAfter, problems);
    var services = new ArrayList<EntityService>();
    spec.getEntitiesList().forEach(entity -> check.check(entity).ifPresent(services::add));
    return problems.isEmpty()
        ? new Verdict.Accepted(
            new FunctionSpec(spec.getServiceInfo(), files.files(), services),
            warnings,
            UnservedOptions.of(spec.getEntitiesList(), services))
        : new Verdict.Refused(problems);
  }

  private void checkVersion(ProtocolVersion theirs, List<String> problems, List<String> warnings) {
    if (theirs.equals(ProtocolVersion.OURS)) {
      return;
    }
    if (theirs.equals(ProtocolVersion.UNANNOUNCED)) {
      warnings.add(
          "The function announces no protocol version and is taken for an older library: update"
              + " its library to one that announces "
              + ProtocolVersion.OURS
              + ".");
      return;
    }
    var mismatch =
        "The function speaks protocol version " + theirs + ", the proxy " + ProtocolVersion.OURS;
    if (checkVersion) {
      problems.add(
          mismatch
              + ": use a function library of that version, or set holdfast.discovery.check-version"
              + " to off to try it anyway.");
    } else {
      warnings.add(mismatch + "; it is served because holdfast.discovery.check-version is off.");
    }
  }

  private static void checkNames(List<Entity> entities, List<String> problems) {
    var seen = new HashSet<String>();
    var reported = new HashSet<String>();
    for (Entity entity : entities) {
      var name = entity.getServiceName();
      if (!name.isEmpty() && !seen.add(name) && reported.add(name)) {
        problems.add("Service " + name + " is announced more than once: register it once.");
      }
    }
  }

  private static void checkPersistenceIds(List<Entity> entities, List<String> problems) {
    Map<String, String> owners = new HashMap<>();
    for (Entity entity : entities) {
      var id = EntityCheck.entityType(entity);
      var owner = owners.putIfAbsent(id, entity.getServiceName());
      if (owner != null && !owner.equals(entity.getServiceName())) {
        problems.add(
            "Services "
                + owner
                + " and "
                + entity.getServiceName()
                + " both have the persistence id "
                + id
                + ": give each its own.");
      }
    }
  }
}
