/// A string on the heap of the machine, with what makes its characters quick to find.
///
/// In a text of ASCII a position is a byte. In any other, the byte of every 64th code point is
/// noted when a position is first asked for. What is known stays true when the text grows at its
/// end, so that a program may append and read by turns.
final class Text {
  /// The string; changed in place only by whoever holds the only count.
  private(set) var string: String
  /// Where the bytes of a string stand that is too long to stand in its own two words; it is asked
  /// for anew whenever the string has changed.
  private var bytes: UnsafePointer<UInt8>?
  /// How many bytes there are.
  private(set) var byteCount: Int
  /// How many bytes have been looked at.
  private var seenBytes = 0
  /// How many code points begin in them.
  private var seenScalars = 0
  /// The bytes at which every 64th code point begins; empty as long as all bytes are ASCII.
  private var marks: [Int] = []

  /// How many code points lie between two marks.
  private static let distance = 64
  /// Up to this many bytes may stand in the string's own words.
  private static let smallLimit = 15

  init(_ string: String) {
    self.string = string
    byteCount = string.utf8.count
    locate()
  }

  /// Adds another string at the end.
  func append(_ other: String) {
    string.append(other)
    locate()
  }

  /// Adds a character of ASCII at the end.
  func append(_ byte: UInt8) {
    string.unicodeScalars.append(UnicodeScalar(byte))
    locate()
  }

  private func locate() {
    byteCount = string.utf8.count
    bytes =
      byteCount > Self.smallLimit
      ? string.utf8.withContiguousStorageIfAvailable { $0.baseAddress } ?? nil : nil
  }

  /// Lends the bytes.
  @inline(__always)
  private func withBytes<Result>(_ body: (UnsafePointer<UInt8>) -> Result?) -> Result? {
    if let bytes { return body(bytes) }
    return string.utf8.withContiguousStorageIfAvailable { $0.baseAddress.flatMap(body) } ?? nil
  }

  /// How many code points there are.
  var count: Int {
    if seenBytes < byteCount { look() }
    return seenScalars
  }

  /// A character of a text.
  enum Element {
    case ascii(UInt8)
    case other(String)
  }

  /// The code point at a position below `count`.
  @inline(__always)
  func element(at position: Int) -> Element? {
    if marks.isEmpty { return withBytes { .ascii($0[position]) } }
    return element(atByte: byte(ofScalar: position))?.element
  }

  private func byte(ofScalar position: Int) -> Int {
    withBytes { bytes in
      var byte = marks[position / Self.distance]
      for _ in 0..<position % Self.distance { byte += Self.length(bytes[byte]) }
      return byte
    } ?? byteCount
  }

  /// The character that begins at a byte, and the byte at which the next one does; `nil` at the end.
  func element(atByte byte: Int) -> (element: Element, next: Int)? {
    guard byte < byteCount else { return nil }
    return withBytes { bytes in
      let next = min(byte + Self.length(bytes[byte]), byteCount)
      if next == byte + 1 { return (.ascii(bytes[byte]), next) }
      let character = UnsafeBufferPointer(start: bytes + byte, count: next - byte)
      return (.other(String(decoding: character, as: UTF8.self)), next)
    }
  }

  /// Looks at the bytes that have been added since.
  private func look() {
    _ = withBytes { bytes -> Void? in
      while marks.isEmpty, seenBytes < byteCount, bytes[seenBytes] < 0x80 { seenBytes += 1 }
      if marks.isEmpty {
        seenScalars = seenBytes
        guard seenBytes < byteCount else { return nil }
        marks = Array(stride(from: 0, to: seenScalars, by: Self.distance))
      }
      while seenBytes < byteCount {
        if seenScalars % Self.distance == 0 { marks.append(seenBytes) }
        seenBytes += Self.length(bytes[seenBytes])
        seenScalars += 1
      }
      return nil
    }
  }

  /// How many bytes the code point has that begins with a byte.
  @inline(__always)
  private static func length(_ byte: UInt8) -> Int {
    byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
  }
}
