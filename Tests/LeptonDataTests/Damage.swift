/// Damaged files made of a whole one by rules that hold for every format: each with what was done to it.
struct Damage {
  let name: String
  let bytes: [UInt8]

  /// The damaged files of a whole one.
  ///
  /// - Parameters:
  ///   - boundaries: where a part of the format ends.
  ///   - numbers: where lengths, sizes and offsets stand, with how many bytes.
  static func all(
    of whole: [UInt8], boundaries: [Int], numbers: [(place: Int, width: Int)], magic: Int
  ) -> [Damage] {
    var seen: Set<[UInt8]> = [whole]
    let made =
      cuts(whole, boundaries) + lies(whole, numbers) + masks(whole, magic)
      + mixtures(whole, boundaries)
    return made.filter { seen.insert($0.bytes).inserted }
  }

  /// Files that end at a boundary, just before it and just behind it.
  static func cuts(_ whole: [UInt8], _ boundaries: [Int]) -> [Damage] {
    let ends = Set(boundaries.flatMap { [$0 - 1, $0, $0 + 1] } + [0, 1, whole.count - 1])
    return ends.filter { whole.indices.contains($0) }.sorted()
      .map { Damage(name: "ends at \($0)", bytes: Array(whole[..<$0])) }
  }

  /// Numbers that do not say what is there.
  private static func lies(_ whole: [UInt8], _ numbers: [(place: Int, width: Int)]) -> [Damage] {
    let words: [(String, (Int, Int) -> UInt8)] = [
      ("0", { _, _ in 0 }), ("all ones", { _, _ in 0xFF }),
      ("the most, little end first", { index, width in index == width - 1 ? 0x7F : 0xFF }),
      ("the most, big end first", { index, _ in index == 0 ? 0x7F : 0xFF }),
      ("half, little end first", { index, width in index == width - 1 ? 0x40 : 0 }),
      ("half, big end first", { index, _ in index == 0 ? 0x40 : 0 }),
      ("letters", { index, _ in 0x30 + UInt8(index % 10) }),
    ]
    return numbers.filter { $0.place + $0.width <= whole.count }.flatMap { place, width in
      words.map { word, byte in
        var bytes = whole
        for index in 0..<width { bytes[place + index] = byte(index, width) }
        return Damage(name: "\(width) bytes at \(place) are \(word)", bytes: bytes)
      }
        + (0..<width).map { index in
          var bytes = whole
          bytes[place + index] &+= 1
          return Damage(name: "byte \(place + index) is one more", bytes: bytes)
        }
    }
  }

  /// Files that begin otherwise than their format does.
  private static func masks(_ whole: [UInt8], _ magic: Int) -> [Damage] {
    let others: [(String, [UInt8])] = [
      ("PNG", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
      ("JPEG", [0xFF, 0xD8, 0xFF, 0xE0]),
      ("RIFF", Array("RIFF".utf8)), ("ZIP", [0x50, 0x4B, 3, 4]), ("gzip", [0x1F, 0x8B, 8, 0]),
      ("NumPy", [0x93] + Array("NUMPY".utf8)), ("a mark of UTF-8", [0xEF, 0xBB, 0xBF]),
      ("UTF-16", [0xFF, 0xFE]), ("no UTF-8", [0xC0, 0xAF, 0xED, 0xA0, 0x80]), ("NUL", [0]),
    ]
    let changed = (0..<magic).flatMap { index in
      [0, 0xFF, whole[index] ^ 0x20].map { byte in
        var bytes = whole
        bytes[index] = byte
        return Damage(name: "byte \(index) of the beginning is \(byte)", bytes: bytes)
      }
    }
    return changed
      + others.flatMap { name, bytes in
        [
          Damage(name: "\(name) stands before it", bytes: bytes + whole),
          Damage(name: "it begins as \(name)", bytes: bytes + whole.dropFirst(bytes.count)),
        ]
      }
  }

  /// Parts that are left out, doubled, or stand elsewhere.
  private static func mixtures(_ whole: [UInt8], _ boundaries: [Int]) -> [Damage] {
    let edges = Set(boundaries + [0, whole.count]).filter { (0...whole.count).contains($0) }
      .sorted()
    let parts = zip(edges, edges.dropFirst())
    return parts.flatMap { start, end in
      let part = whole[start..<end]
      return [
        Damage(name: "without \(start)..<\(end)", bytes: whole[..<start] + Array(whole[end...])),
        Damage(name: "\(start)..<\(end) twice", bytes: whole[..<end] + Array(part) + whole[end...]),
        Damage(
          name: "\(start)..<\(end) is 0",
          bytes: whole[..<start] + [UInt8](repeating: 0, count: part.count) + whole[end...]),
      ]
    } + [
      Damage(name: "twice", bytes: whole + whole),
      Damage(name: "backwards", bytes: whole.reversed()),
      Damage(name: "with noise behind", bytes: whole + (0..<64).map { UInt8($0 * 37 & 0xFF) }),
    ]
  }
}
