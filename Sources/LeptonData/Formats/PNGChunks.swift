/// The chunks of a PNG file, one after the other, as far as they are there.
///
/// libpng reads what is in them; this tells what they are.
struct PNGChunks: Sequence, IteratorProtocol {
  /// What a PNG file begins with.
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// A chunk: four letters, and where it stands with its length and sum.
  struct Chunk {
    var name: String
    var range: Range<Int>

    /// Whether it says that it is the last, which libpng does not ask for.
    var isEnd: Bool { name == "IEND" }
    /// Whether it says which colours the numbers are.
    var isColourSpace: Bool { ["gAMA", "cHRM", "sRGB", "iCCP"].contains(name) }
  }

  private let bytes: [UInt8]
  private var place = PNGChunks.signature.count

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> Chunk? {
    guard place + 12 <= bytes.count else { return nil }
    let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
    let name = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
    let start = place
    place += 12 + length
    return Chunk(name: name, range: start..<Swift.min(place, bytes.count))
  }

  /// The bytes without what would have libpng change the numbers, as no other reader of training data does.
  static func withoutColourSpaces(_ bytes: [UInt8]) -> [UInt8] {
    let spaces = PNGChunks(bytes).filter(\.isColourSpace).map(\.range)
    var rest = bytes
    for range in spaces.reversed() { rest.removeSubrange(range) }
    return rest
  }
}
