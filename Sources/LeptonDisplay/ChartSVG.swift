import LeptonSession

/// Draws charts as SVG.
public enum ChartSVG {
  /// Draws a chart.
  public static func picture(of chart: Chart) -> Picture { Picture(svg: "", alternative: "") }
}
