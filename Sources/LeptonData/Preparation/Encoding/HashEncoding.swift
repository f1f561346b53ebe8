import LeptonFiles

/// A fixed number of columns for any categories: each adds 1 or −1 to the one at which its hash points
/// (Weinberger and others 2009), as scikit-learn's `FeatureHasher`.
public struct HashEncoding: Preparing, Equatable {
  private let width: Int

  /// Makes it for a number of columns.
  public init(width: Int) { self.width = width }

  /// Texts.
  public func suits(_ values: ColumnValues) -> Bool {
    if case .texts = values { true } else { false }
  }

  /// The columns `city 0`, `city 1` and so on.
  public func applied(
    to columns: [DataTable.Column], _ learned: [Learned]
  ) throws(FileError) -> [[DataTable.Column]] {
    try columns.map { (column) throws(FileError) in
      try column.checkRoom(for: width)
      let hashes = column.categories.map { category in
        category.map { Murmur.hash("\(column.name)=\($0)") }
      }
      let places = hashes.map { hash in
        hash.map { (place: Int(Int64($0).magnitude) % width, sign: $0 < 0 ? -1 : 1) }
      }
      return (0..<width).map { own in
        .init(
          "\(column.name) \(own)",
          .integers(Cells(places.map { $0.map { $0.place == own ? $0.sign : 0 } ?? 0 })))
      }
    }
  }
}

/// MurmurHash3 for 32 bits (Appleby 2008), with seed 0.
enum Murmur {
  static func hash(_ text: String) -> Int32 {
    let bytes = Array(text.utf8)
    var hash: UInt32 = 0
    let blocks = bytes.count / 4
    for block in 0..<blocks {
      var word: UInt32 = 0
      for byte in 0..<4 { word |= UInt32(bytes[4 * block + byte]) << UInt32(8 * byte) }
      hash ^= mixed(word)
      hash = (hash << 13 | hash >> 19) &* 5 &+ 0xe654_6b64
    }
    var rest: UInt32 = 0
    for (place, byte) in bytes[(4 * blocks)...].enumerated() {
      rest |= UInt32(byte) << UInt32(8 * place)
    }
    hash ^= mixed(rest) ^ UInt32(truncatingIfNeeded: bytes.count)
    hash = (hash ^ hash >> 16) &* 0x85eb_ca6b
    hash = (hash ^ hash >> 13) &* 0xc2b2_ae35
    return Int32(bitPattern: hash ^ hash >> 16)
  }

  private static func mixed(_ word: UInt32) -> UInt32 {
    let product = word &* 0xcc9e_2d51
    return (product << 15 | product >> 17) &* 0x1b87_3593
  }
}
