/// A string on the heap of the machine, with what makes its characters quick to find.
///
/// In a text of ASCII a position is a byte. In any other, the byte of every 64th code point is
/// noted when a position is first asked for. What is known stays true when the text grows at its
/// end, so that a program may append and read by turns.
final class Text {
  /// The string; changed in place only by whoever holds the only count.
  private(set) var string: String
  /// How many bytes have been looked at.
  private var seenBytes = 0
  /// How many code points begin in them.
  private var seenScalars = 0
  /// The bytes at which every 64th code point begins; empty as long as all bytes are ASCII.
  private var marks: [Int] = []

  /// How many code points lie between two marks.
  private static let distance = 64

  init(_ string: String) { self.string = string }

  /// Adds another string at the end.
  func append(_ other: String) { string.append(other) }

  /// How many code points there are.
  var count: Int {
    look()
    return seenScalars
  }

  /// The code point at a position below `count`, as a string; for ASCII the byte.
  func element(at position: Int) -> Element {
    string.withBytes { bytes in
      if marks.isEmpty { return .ascii(bytes[position]) }
      var byte = marks[position / Self.distance]
      for _ in 0..<position % Self.distance { byte += Self.length(bytes[byte]) }
      let length = Self.length(bytes[byte])
      if length == 1 { return .ascii(bytes[byte]) }
      let end = min(byte + length, bytes.count)
      return .other(String(decoding: bytes[byte..<end], as: UTF8.self))
    }
  }

  /// A character of a text.
  enum Element {
    case ascii(UInt8)
    case other(String)
  }

  /// The character that begins at a byte, and the byte at which the next one does; `nil` at the end.
  func element(atByte byte: Int) -> (element: Element, next: Int)? {
    string.withBytes { bytes in
      guard byte < bytes.count else { return nil }
      let next = min(byte + Self.length(bytes[byte]), bytes.count)
      if next == byte + 1 { return (.ascii(bytes[byte]), next) }
      return (.other(String(decoding: bytes[byte..<next], as: UTF8.self)), next)
    }
  }

  /// Looks at the bytes that have been added since.
  private func look() {
    guard seenBytes < string.utf8.count else { return }
    string.withBytes { bytes in
      while marks.isEmpty, seenBytes < bytes.count, bytes[seenBytes] < 0x80 { seenBytes += 1 }
      if marks.isEmpty {
        seenScalars = seenBytes
        if seenBytes == bytes.count { return }
        marks = Array(stride(from: 0, through: seenScalars, by: Self.distance))
        if seenScalars % Self.distance == 0 { marks.removeLast() }
      }
      while seenBytes < bytes.count {
        if seenScalars % Self.distance == 0 { marks.append(seenBytes) }
        seenBytes += Self.length(bytes[seenBytes])
        seenScalars += 1
      }
    }
  }

  /// How many bytes the code point has that begins with a byte.
  @inline(__always)
  private static func length(_ byte: UInt8) -> Int {
    byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
  }
}
