/// A string on the heap of the machine, with what makes its characters quick to find.
///
/// In a text of ASCII a position is a byte. In any other, the byte of every 64th code point is
/// noted when a position is first asked for. What is known stays true when the text grows at its
/// end, so that a program may append and read by turns. A text that grows does so in memory of its own;
/// a string is made of it when one is asked for.
final class Text {
  /// The string; out of date as long as the text grows.
  private var known: String
  /// Where the bytes stand, if they do not stand in the string's own two words.
  private var bytes: UnsafePointer<UInt8>?
  /// The same, as long as the text grows.
  private var grown: UnsafeMutablePointer<UInt8>?
  /// How many bytes there is room for.
  private var capacity = 0
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
    known = string
    byteCount = string.utf8.count
    bytes = Self.storage(of: string, byteCount)
  }

  deinit { grown?.deallocate() }

  private static func storage(of string: String, _ byteCount: Int) -> UnsafePointer<UInt8>? {
    byteCount > smallLimit
      ? string.utf8.withContiguousStorageIfAvailable { $0.baseAddress } ?? nil : nil
  }

  /// The string.
  var string: String {
    settle()
    return known
  }

  /// Lends the string where it stands.
  @inline(__always)
  func withString<Result>(_ body: (UnsafePointer<String>) -> Result) -> Result {
    settle()
    return withUnsafePointer(to: &known, body)
  }

  /// Makes the string of what has grown.
  @inline(__always)
  private func settle() {
    if grown != nil { makeString() }
  }

  @inline(never)
  private func makeString() {
    known = String(decoding: UnsafeBufferPointer(start: bytes, count: byteCount), as: UTF8.self)
    bytes = Self.storage(of: known, byteCount)
    grown?.deallocate()
    grown = nil
  }

  /// Becomes another string.
  func become(_ string: String) {
    grown?.deallocate()
    grown = nil
    known = string
    byteCount = string.utf8.count
    bytes = Self.storage(of: string, byteCount)
    (seenBytes, seenScalars, marks) = (0, 0, [])
  }

  /// Adds another text at the end.
  func append(_ other: Text) {
    _ = other.withBytes { added -> Void? in
      room(for: other.byteCount).update(from: added, count: other.byteCount)
      byteCount += other.byteCount
      return nil
    }
  }

  /// Adds a character of ASCII at the end.
  func append(_ byte: UInt8) {
    room(for: 1).pointee = byte
    byteCount += 1
  }

  /// Where so many bytes may be written behind the last one.
  @inline(__always)
  private func room(for count: Int) -> UnsafeMutablePointer<UInt8> {
    if let grown, byteCount + count <= capacity { return grown + byteCount }
    return moved(toFit: byteCount + count) + byteCount
  }

  /// Moves the bytes to memory of their own, with as much again.
  @inline(never)
  private func moved(toFit count: Int) -> UnsafeMutablePointer<UInt8> {
    capacity = max(2 * count, 64)
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    _ = withBytes { memory.update(from: $0, count: byteCount) }
    grown?.deallocate()
    grown = memory
    bytes = UnsafePointer(memory)
    known = ""
    return memory
  }

  /// Lends the bytes.
  @inline(__always)
  func withBytes<Result>(_ body: (UnsafePointer<UInt8>) -> Result?) -> Result? {
    if let bytes { return body(bytes) }
    return known.utf8.withContiguousStorageIfAvailable { $0.baseAddress.flatMap(body) } ?? nil
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
      if marks.isEmpty { seenBytes = Self.endOfASCII(bytes, from: seenBytes, to: byteCount) }
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

  /// The first place from `start` on of a byte that is no character of ASCII, or `end`.
  private static func endOfASCII(
    _ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int
  ) -> Int {
    var place = start
    let eight = MemoryLayout<UInt64>.size
    while place + eight <= end,
      UnsafeRawPointer(bytes + place).loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080 == 0
    {
      place += eight
    }
    while place < end, bytes[place] < 0x80 { place += 1 }
    return place
  }

  /// How many bytes the code point has that begins with a byte.
  @inline(__always)
  private static func length(_ byte: UInt8) -> Int {
    byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
  }
}
