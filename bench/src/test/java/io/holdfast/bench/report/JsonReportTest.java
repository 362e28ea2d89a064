// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JsonReportTest {

  @Test
  void every_row_has_the_agreed_keys() throws JsonProcessingException {
    JsonNode report = read(JsonReport.of(Reports.whole()));
    assertThat(report.get("rows")).hasSize(11);
    for (JsonNode row : report.get("rows")) {
      for (String key :
          new String[] {"name", "ops_per_s", "p50_us", "p99_us", "p999_us", "cpu_s", "rss_mb"}) {
        assertThat(row.has(key)).as("%s of %s", key, row.get("name")).isTrue();
      }
    }
  }

  @Test
  void a_row_tells_its_numbers() throws JsonProcessingException {
    JsonNode row = read(JsonReport.of(Reports.whole())).at("/rows/3");
    assertThat(row.get("name").asText()).isEqualTo("eventsourced-embedded");
    assertThat(row.get("valid").asBoolean()).isTrue();
    assertThat(row.get("ops_per_s").asLong()).isEqualTo(22_000);
    assertThat(row.get("ratio_to_passthrough").asDouble()).isEqualTo(0.55);
    assertThat(row.get("p99_us").asDouble()).isEqualTo(4_000);
    assertThat(row.get("cpu_s").asDouble()).isEqualTo(7.5);
    assertThat(row.get("rss_mb").asDouble()).isEqualTo(321.5);
    assertThat(row.get("warm_up_s").asInt()).isEqualTo(9);
    assertThat(row.at("/processes/1/name").asText()).isEqualTo("load");
  }

  @Test
  void a_void_row_has_its_problem_and_no_numbers() throws JsonProcessingException {
    JsonNode row = read(JsonReport.of(Reports.whole())).at("/rows/10");
    assertThat(row.get("valid").asBoolean()).isFalse();
    assertThat(row.get("ops_per_s").isNull()).isTrue();
    assertThat(row.at("/problems/0").asText()).startsWith("12 requests failed");
  }

  @Test
  void the_machine_is_told() throws JsonProcessingException {
    JsonNode machine = read(JsonReport.of(Reports.whole())).get("machine");
    assertThat(machine.get("cores").asInt()).isEqualTo(2);
    assertThat(machine.get("cpu").asText()).isEqualTo("A <fast> & \"good\" CPU");
  }

  @Test
  void text_and_numbers_survive() throws JsonProcessingException {
    var values = new LinkedHashMap<String, Object>();
    String awkward = "quote \" backslash \\ line\n tab\t bell \u0007 é 漢";
    values.put("text", awkward);
    values.put("numbers", Arrays.asList(0, -1.5, 1e12, Double.NaN, 0.1));
    values.put("nothing", new LinkedHashMap<>());
    JsonNode read = read(JsonText.of(values));
    assertThat(read.get("text").asText()).isEqualTo(awkward);
    assertThat(read.get("numbers").toString()).isEqualTo("[0,-1.5,1000000000000,null,0.1]");
    assertThat(read.get("nothing")).isEmpty();
  }

  private static JsonNode read(String json) throws JsonProcessingException {
    return new ObjectMapper().readTree(json);
  }
}
