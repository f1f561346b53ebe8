/// A text that is Lepton, and where it stands: a whole file, a cell of a notebook, a prompt entry.
public struct Source: Sendable, Hashable {
  /// What messages call it: `mnist.lnb`, `helpers.lep`, `<prompt>`.
  public let name: String
  /// The text itself.
  public let text: String
  /// The line of the file at which the text begins, from 1; a cell of a notebook begins below its fence.
  public let firstLine: Int
  /// The UTF-8 offsets at which the lines begin.
  let lineStarts: [Int]

  /// Makes a source of a text that begins at `firstLine` of the file called `name`.
  public init(name: String, text: String, firstLine: Int = 1) {
    self.name = name
    var text = text
    text.makeContiguousUTF8()
    self.text = text
    self.firstLine = firstLine
    lineStarts = text.utf8.withContiguousStorageIfAvailable(Self.lineStarts) ?? [0]
  }

  private static func lineStarts(of bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
    let (feed, carriage) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    var starts = [0]
    for offset in bytes.indices where bytes[offset] == feed || bytes[offset] == carriage {
      let isHalf =
        bytes[offset] == carriage && offset + 1 < bytes.count && bytes[offset + 1] == feed
      if !isHalf { starts.append(offset + 1) }
    }
    return starts
  }

  /// A place as people count: line and column from 1, the column in Unicode code points.
  public struct Location: Sendable, Hashable {
    /// The line of the file, from 1.
    public let line: Int
    /// The column in code points, from 1.
    public let column: Int
  }

  /// Finds the line and the column of a UTF-8 offset; offsets outside the text mean its nearest end.
  public func location(of offset: Int) -> Location {
    let offset = min(max(offset, 0), text.utf8.count)
    let index = lineIndex(of: offset)
    let line = text.utf8.dropFirst(lineStarts[index]).prefix(offset - lineStarts[index])
    return Location(
      line: firstLine + index,
      column: String(decoding: line, as: UTF8.self).unicodeScalars.count + 1)
  }

  /// The text of the line that holds an offset, without its line end.
  public func line(at offset: Int) -> String {
    let index = lineIndex(of: min(max(offset, 0), text.utf8.count))
    let start = lineStarts[index]
    let end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : text.utf8.count
    let line = text.utf8.dropFirst(start).prefix(end - start)
    let isWindows = line.last == UInt8(ascii: "\r")
    return String(decoding: isWindows ? line.dropLast() : line, as: UTF8.self)
  }

  /// The text of a range.
  public subscript(span: Span) -> String {
    String(
      decoding: text.utf8.dropFirst(max(0, span.start)).prefix(max(0, span.end - span.start)),
      as: UTF8.self
    )
  }

  private func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
