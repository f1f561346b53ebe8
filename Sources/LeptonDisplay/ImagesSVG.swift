import LeptonSession
import LeptonSyntax

/// Draws grids of pictures as SVG: each picture whole, as an embedded PNG, small ones enlarged by a
/// whole factor so that their pixels stay crisp, its caption below it.
public enum ImagesSVG {
  private static let margin = 16.0
  private static let gap = 12.0
  private static let captionHeight = 18.0
  /// Pictures are enlarged up to about this width, and reduced if they are wider than `mostWidth`.
  private static let goodWidth = 84
  private static let mostWidth = 600.0

  /// Draws a grid.
  public static func picture(of grid: ImageGrid) -> Picture {
    let alternative = sentence(about: grid)
    let columns = min(max(1, grid.columns), max(1, grid.images.count))
    let rows = (grid.images.count + columns - 1) / columns
    let size = cellSize(of: grid)
    let hasCaptions = grid.images.contains { !$0.caption.isEmpty }
    let cellHeight = size.height + (hasCaptions ? captionHeight : 0)
    let top = margin + (grid.title.isEmpty ? 0 : 26)
    let inner = Double(columns) * size.width + Double(columns - 1) * gap
    let width = max(2 * margin + inner, grid.title.isEmpty ? 0 : 2 * margin + titleWidth(grid))
    let height = top + Double(rows) * cellHeight + Double(max(0, rows - 1)) * gap + margin
    var svg = SVGText(
      width: width, height: height, title: grid.title.isEmpty ? "Pictures" : grid.title,
      description: alternative)
    if !grid.title.isEmpty {
      svg.add(
        "text", [("class", "title"), ("x", .number(margin)), ("y", .number(margin + 12))],
        text: grid.title)
    }
    for (index, image) in grid.images.enumerated() {
      let x = margin + Double(index % columns) * (size.width + gap)
      let y = top + Double(index / columns) * (cellHeight + gap)
      draw(image, in: &svg, x: x, y: y, cell: size)
    }
    return Picture(svg: svg.file, alternative: alternative)
  }

  private static func draw(
    _ image: ImageGrid.Image, in svg: inout SVGText, x: Double, y: Double,
    cell: (width: Double, height: Double)
  ) {
    let scale = scale(of: image)
    let (width, height) = (Double(image.width) * scale, Double(image.height) * scale)
    let left = x + (cell.width - width) / 2
    if let bytes = PNG.bytes(of: image) {
      svg.add(
        "image",
        [
          ("x", .number(left)), ("y", .number(y)), ("width", .number(width)),
          ("height", .number(height)),
          ("href", .string("data:image/png;base64," + Base64.text(of: bytes))),
        ])
    }
    svg.add(
      "rect",
      [
        ("class", "frame"), ("fill", "none"), ("x", .number(left - 0.5)), ("y", .number(y - 0.5)),
        ("width", .number(width + 1)), ("height", .number(height + 1)),
      ])
    if !image.caption.isEmpty {
      let room = max(2, Int(cell.width + gap) / 7)
      let caption = Layout.shortened(Escaping.visible(image.caption), to: room)
      svg.add(
        "text",
        [
          ("class", "middle"), ("x", .number(x + cell.width / 2)),
          ("y", .number(y + cell.height + 14)),
        ], text: caption)
    }
  }

  private static func cellSize(of grid: ImageGrid) -> (width: Double, height: Double) {
    let longest = grid.images.map { displayWidth(of: $0.caption) }.max() ?? 0
    let sizes = grid.images.map { image in
      let scale = scale(of: image)
      return (Double(image.width) * scale, Double(image.height) * scale)
    }
    let width = sizes.map(\.0).max() ?? 0
    let caption = min(Double(longest) * 7, max(width * 1.5, 96))
    return (max(width, caption), sizes.map(\.1).max() ?? 0)
  }

  private static func scale(of image: ImageGrid.Image) -> Double {
    guard image.isSound else { return 0 }
    let width = Double(image.width)
    return width > mostWidth ? mostWidth / width : Double(max(1, goodWidth / image.width))
  }

  private static func titleWidth(_ grid: ImageGrid) -> Double {
    Double(displayWidth(of: grid.title)) * 8.5
  }

  private static func sentence(about grid: ImageGrid) -> String {
    let title = grid.title.isEmpty ? "Pictures" : grid.title
    let captions = grid.images.map(\.caption).filter { !$0.isEmpty }
    let shown = captions.prefix(12).joined(separator: ", ") + (captions.count > 12 ? ", …" : "")
    let count = grid.images.count == 1 ? "1 picture" : "\(grid.images.count) pictures"
    return "\(title): \(count)\(shown.isEmpty ? "" : ": \(shown)")."
  }
}
