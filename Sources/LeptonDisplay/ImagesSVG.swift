import LeptonSession

/// Draws grids of pictures as SVG.
public enum ImagesSVG {
  /// Draws a grid.
  public static func picture(of grid: ImageGrid) -> Picture { Picture(svg: "", alternative: "") }
}
