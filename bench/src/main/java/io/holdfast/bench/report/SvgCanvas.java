// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.report;

import java.util.Locale;

/** Writes the few shapes that a chart needs, from top to bottom; later ones lie above. */
final class SvgCanvas {

  /** Which end of a text its place is. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  private final double width;
  private final StringBuilder shapes = new StringBuilder();

  SvgCanvas(double width) {
    this.width = width;
  }

  void text(double x, double y, String style, Anchor anchor, String text) {
    add(
        "<text x='%.1f' y='%.1f' class='%s' text-anchor='%s'>%s</text>",
        x, y, style, anchor.name().toLowerCase(Locale.ROOT), escaped(text));
  }

  void bar(double x, double y, double barWidth, double height, String style) {
    add(
        "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' rx='2' class='%s'/>",
        x, y, Math.max(barWidth, 0), height, style);
  }

  void line(double x1, double y1, double x2, double y2, String style) {
    add("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' class='%s'/>", x1, y1, x2, y2, style);
  }

  void dot(double x, double y, double radius, String style) {
    add("<circle cx='%.1f' cy='%.1f' r='%.1f' class='%s'/>", x, y, radius, style);
  }

  /** The whole drawing. */
  String finish(double height, String styles) {
    return String.format(
            Locale.ROOT,
            "<svg xmlns='http://www.w3.org/2000/svg' width='%.0f' height='%.0f'"
                + " viewBox='0 0 %.0f %.0f'>%n<style>%s</style>%n"
                + "<rect width='100%%' height='100%%' class='paper'/>%n",
            width,
            height,
            width,
            height,
            styles)
        + shapes
        + "</svg>\n";
  }

  private void add(String format, Object... values) {
    shapes.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
