// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SvgReportTest {

  @Test
  void is_well_formed_and_names_its_rows() throws Exception {
    Document chart = read(SvgReport.of(Reports.whole()));
    String text = chart.getDocumentElement().getTextContent();
    assertThat(text)
        .contains("direct", "eventsourced-embedded", "22,000/s · 0.55", "activation-10000")
        .contains("A <fast> & \"good\" CPU")
        .doesNotContain("memory-10000");
  }

  @Test
  void nothing_lies_outside_of_it() throws Exception {
    Document chart = read(SvgReport.of(Reports.whole()));
    double width = number(chart.getDocumentElement(), "width");
    double height = number(chart.getDocumentElement(), "height");
    var circles = chart.getElementsByTagName("circle");
    assertThat(circles.getLength()).isGreaterThan(10);
    for (int i = 0; i < circles.getLength(); i++) {
      assertThat(number((Element) circles.item(i), "cx")).isBetween(0.0, width);
      assertThat(number((Element) circles.item(i), "cy")).isBetween(0.0, height);
    }
  }

  @Test
  void a_run_of_nothing_is_an_empty_chart() throws Exception {
    assertThat(read(SvgReport.of(Reports.of())).getElementsByTagName("circle").getLength())
        .isZero();
  }

  @Test
  void the_scale_puts_powers_of_ten_at_equal_distances() {
    var scale = LogScale.covering(java.util.List.of(120.0, 45_000.0), 0, 300);
    assertThat(scale.ticks()).containsExactly(100.0, 1_000.0, 10_000.0, 100_000.0);
    assertThat(scale.at(1_000)).isEqualTo(100);
    assertThat(scale.at(100_000)).isEqualTo(300);
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static Document read(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
