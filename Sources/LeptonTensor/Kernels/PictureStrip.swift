import Glibc

/// The rows of a picture that a strip of windows sees, with zeros around them, in scratch memory.
///
/// Only a picture that needs a margin is copied; of any other the rows are read where they are.
struct PictureStrip: Sendable {
  /// The rows and columns of the picture.
  let rows: Int
  let columns: Int
  let channels: Int
  let top: Int
  let left: Int
  /// The columns with the margins on both sides.
  let width: Int
  /// The rows that a strip of the most windows has, margins included.
  let height: Int
  let isCopied: Bool

  init(
    rows: Int, columns: Int, channels: Int, margins: (top: Int, left: Int, bottom: Int, right: Int),
    height: Int
  ) {
    self.rows = rows
    self.columns = columns
    self.channels = channels
    top = margins.top
    left = margins.left
    isCopied = margins.top + margins.left + margins.bottom + margins.right > 0
    width = isCopied ? columns + margins.left + margins.right : columns
    self.height = height
  }

  /// The floats between rows.
  var row: Int { width * channels }
  /// The floats of scratch memory, with room to read on.
  var count: Int { isCopied ? height * row + 16 : 0 }

  /// Makes the scratch memory ready: its margins keep their zeros for all pictures.
  func clear(_ memory: UnsafeMutablePointer<Float>) {
    if isCopied { memory.update(repeating: 0, count: count) }
  }

  /// Where the place of a row and of column 0, both counted with their margins, lies.
  func lay(
    _ picture: UnsafeMutablePointer<Float>, from first: Int, height: Int,
    in memory: UnsafeMutablePointer<Float>
  ) -> UnsafeMutablePointer<Float> {
    guard isCopied else { return picture + first * row }
    let bytes = columns * channels * 4
    for line in 0..<height {
      let target = memory + line * row + left * channels
      let source = first + line - top
      if source >= 0 && source < rows {
        memcpy(target, picture + source * columns * channels, bytes)
      } else {
        memset(target, 0, bytes)
      }
    }
    return memory
  }
}
