import LeptonSession
import LeptonSyntax

/// Pictures for a terminal: half blocks, of which a character holds two points, one above the other;
/// one line of words where there are no colours.
struct TerminalImages {
  private static let gap = 2
  /// More pictures than that are only counted.
  private static let mostPictures = 64

  private let grid: ImageGrid
  private let width: Int
  private let colours: TerminalRenderer.Colours

  init(_ grid: ImageGrid, width: Int, colours: TerminalRenderer.Colours) {
    self.grid = grid
    self.width = width
    self.colours = colours
  }

  /// The pictures as lines.
  var text: String {
    guard colours != .none else { return notice }
    let title =
      grid.title.isEmpty ? [] : [Ink(colours: colours)(.heading, Escaping.visible(grid.title))]
    let images = grid.images.prefix(TerminalImages.mostPictures).filter(\.isSound).map(fitted)
    let widest = images.map(\.width).max() ?? 1
    let inRow = min(
      max(1, (width + TerminalImages.gap) / (widest + TerminalImages.gap)), max(1, grid.columns))
    let rows = stride(from: 0, to: images.count, by: inRow).map {
      row(Array(images[$0..<min($0 + inRow, images.count)]), widest: widest)
    }.joined(separator: [""])
    let left = grid.images.count - images.count
    let more = left > 0 ? ["… \(left) more pictures"] : []
    return (title + rows + more).joined(separator: "\n")
  }

  private var notice: String {
    let title = grid.title.isEmpty ? "" : "\(Escaping.visible(grid.title)): "
    let sizes = Set(grid.images.map { "\($0.width) × \($0.height)" })
    let size = sizes.count == 1 ? " of \(sizes.first ?? "")" : ""
    let captions = grid.images.map { Escaping.visible($0.caption) }.filter { !$0.isEmpty }
    let list = captions.isEmpty ? "" : " (\(captions.joined(separator: ", ")))"
    let count = grid.images.count == 1 ? "1 picture" : "\(grid.images.count) pictures"
    return Layout.shortened("\(title)\(count)\(size)\(list)", to: width)
  }

  private func row(_ images: [ImageGrid.Image], widest: Int) -> [String] {
    let height = images.map { ($0.height + 1) / 2 }.max() ?? 0
    let space = String(repeating: " ", count: TerminalImages.gap)
    var lines = (0..<height).map { line in
      images.map { halfBlocks(of: $0, line: line, width: widest) }.joined(separator: space)
    }
    if images.contains(where: { !$0.caption.isEmpty }) {
      let captions = images.map {
        Layout.padded(Layout.shortened(Escaping.visible($0.caption), to: widest), to: widest)
      }
      lines.append(captions.joined(separator: space))
    }
    return lines
  }

  private func halfBlocks(of image: ImageGrid.Image, line: Int, width: Int) -> String {
    var text = ""
    guard 2 * line < image.height else { return String(repeating: " ", count: width) }
    for x in 0..<image.width {
      let upper = colour(of: image, x, 2 * line)
      if 2 * line + 1 < image.height {
        text += "\u{1B}[38;\(upper);48;\(colour(of: image, x, 2 * line + 1))m▀"
      } else {
        text += "\u{1B}[0;38;\(upper)m▀"
      }
    }
    return text + "\u{1B}[0m" + String(repeating: " ", count: width - image.width)
  }

  private func colour(of image: ImageGrid.Image, _ x: Int, _ y: Int) -> String {
    let start = (y * image.width + x) * image.channels
    let red = Int(image.pixels[start])
    let green = image.channels == 3 ? Int(image.pixels[start + 1]) : red
    let blue = image.channels == 3 ? Int(image.pixels[start + 2]) : red
    if colours == .full { return "2;\(red);\(green);\(blue)" }
    if red == green && green == blue {
      let level = (red * 25 + 127) / 255
      return "5;\(level == 0 ? 16 : level == 25 ? 231 : 231 + level)"
    }
    func six(_ value: Int) -> Int { (value * 5 + 127) / 255 }
    return "5;\(16 + 36 * six(red) + 6 * six(green) + six(blue))"
  }

  /// The picture, reduced by averaging where it is wider than the terminal.
  private func fitted(_ image: ImageGrid.Image) -> ImageGrid.Image {
    let factor = (image.width + width - 1) / width
    guard factor > 1 else { return image }
    let (newWidth, newHeight) = (image.width / factor, max(1, image.height / factor))
    var pixels: [UInt8] = []
    for y in 0..<newHeight {
      for x in 0..<newWidth {
        for channel in 0..<image.channels {
          pixels.append(mean(of: image, x * factor, y * factor, size: factor, channel: channel))
        }
      }
    }
    return ImageGrid.Image(
      width: newWidth, height: newHeight, channels: image.channels, pixels: pixels,
      caption: image.caption)
  }

  private func mean(
    of image: ImageGrid.Image, _ left: Int, _ top: Int, size: Int, channel: Int
  ) -> UInt8 {
    var sum = 0
    var count = 0
    for y in top..<min(top + size, image.height) {
      for x in left..<min(left + size, image.width) {
        sum += Int(image.pixels[(y * image.width + x) * image.channels + channel])
        count += 1
      }
    }
    return UInt8(sum / max(1, count))
  }
}
