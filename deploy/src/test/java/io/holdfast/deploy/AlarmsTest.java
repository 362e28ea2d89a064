// SPDX-License-Identifier: Apache-2.0
package io.holdfast.deploy;

import static io.holdfast.deploy.ComposeFile.list;
import static io.holdfast.deploy.ComposeFile.map;
import static io.holdfast.deploy.Manifests.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Alarms and dashboard rest on what is counted, and people know what to do about them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AlarmsTest {

  private static final Pattern HEADING = Pattern.compile("(?m)^### (\\w+)$");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:holdfast|jvm|process|logback)_[a-z_]*[a-z]");
  private static final String METRICS = Deployment.text(Deployment.ROOT.resolve("docs/metrics.md"));
  private static final String PAGE =
      Deployment.text(Deployment.ROOT.resolve("docs/operations-alarms.md"));

  private static List<Map<String, Object>> alarms() {
    List<Map<String, Object>> alarms = new ArrayList<>();
    for (Object group :
        list(at(Chart.rendered("production").one("PrometheusRule"), "spec", "groups"))) {
      list(at(group, "rules")).forEach(rule -> alarms.add(map(rule)));
    }
    return alarms;
  }

  private static String dashboard() {
    return String.valueOf(
        at(Chart.rendered("production").one("ConfigMap"), "data", "holdfast.json"));
  }

  @Test
  void every_alarm_has_its_paragraph_and_every_paragraph_its_alarm() {
    assertThat(HEADING.matcher(PAGE).results().map(heading -> heading.group(1)))
        .containsExactlyElementsOf(
            alarms().stream().map(alarm -> String.valueOf(alarm.get("alert"))).toList());
  }

  @Test
  void every_alarm_says_how_bad_it_is_and_where_to_read_on() {
    for (Map<String, Object> alarm : alarms()) {
      String name = String.valueOf(alarm.get("alert"));
      assertThat(at(alarm, "labels", "severity")).isIn("critical", "warning");
      assertThat(String.valueOf(at(alarm, "annotations", "summary"))).isNotBlank();
      assertThat(at(alarm, "annotations", "runbook"))
          .isEqualTo("docs/operations-alarms.md#" + name.toLowerCase(Locale.ROOT));
      assertThat(String.valueOf(alarm.get("for"))).matches("\\d+[sm]");
    }
  }

  @Test
  void alarms_rest_on_metrics_that_there_are() {
    var used = new TreeSet<String>();
    for (Map<String, Object> alarm : alarms()) {
      List<String> names = metrics(String.valueOf(alarm.get("expr")));
      assertThat(names).as(String.valueOf(alarm.get("alert"))).isNotEmpty();
      used.addAll(names);
    }
    assertThat(used).allMatch(AlarmsTest::documented);
  }

  @Test
  void the_dashboard_rests_on_metrics_that_there_are() {
    var panels = JsonParser.parseString(dashboard()).getAsJsonObject().getAsJsonArray("panels");
    assertThat(panels).hasSizeGreaterThan(10);
    for (var panel : panels) {
      for (var target : panel.getAsJsonObject().getAsJsonArray("targets")) {
        List<String> names = metrics(target.getAsJsonObject().get("expr").getAsString());
        assertThat(names).isNotEmpty().allMatch(AlarmsTest::documented);
      }
    }
  }

  private static List<String> metrics(String expression) {
    return METRIC.matcher(expression).results().map(MatchResult::group).distinct().toList();
  }

  private static boolean documented(String metric) {
    return METRICS.contains('`' + metric + '`')
        || METRICS.contains('`' + metric.replaceAll("_(bucket|count|sum)$", "") + '`');
  }
}
