import LeptonFiles

/// What is known of a file once its first row has been seen.
struct CSVLayout {
  /// The names of all columns of the file.
  let names: [String]
  /// For each column that is read, its position in a row.
  let sources: [Int]
  let separator: UInt8
  let comment: UInt8?
  let hasQuotes: Bool
  let marks: CSVNumber.Marks
  let badRows: BadRows
  /// Whether the marks between and within values are no part of a number, and no column is read twice.
  let isPlain: Bool

  /// Decides which columns are read.
  init(
    names: [String], separator: UInt8, marks: CSVNumber.Marks, comment: UInt8?,
    _ dialect: CSV.Dialect,
    in file: String
  ) throws(FileError) {
    var places: [String: Int] = [:]
    for (place, name) in names.enumerated() where places[name] == nil { places[name] = place }
    var sources: [Int] = []
    for name in dialect.columns ?? [] {
      guard let place = places[name] else { throw Self.unknown(name, names, file) }
      sources.append(place)
    }
    for name in dialect.kinds.keys.sorted() where places[name] == nil {
      throw Self.unknown(name, names, file)
    }
    self.names = names
    self.sources = dialect.columns == nil ? Array(names.indices) : sources
    self.separator = separator
    self.comment = comment
    hasQuotes = dialect.hasQuotes
    self.marks = marks
    badRows = dialect.badRows
    let isOther = { (mark: UInt8) in
      mark != UInt8(ascii: "-") && mark &- UInt8(ascii: "0") > 9 && mark | 0x20 != UInt8(ascii: "e")
    }
    let used = [separator, marks.decimal] + [marks.thousands].compactMap(\.self)
    isPlain =
      separator != marks.decimal && used.allSatisfy(isOther)
      && Set(self.sources).count == self.sources.count && !names.isEmpty
  }

  private static func unknown(_ name: String, _ names: [String], _ file: String) -> FileError {
    FileError(
      code: "data/column", message: "\(file.quoted) has no column \(name.quoted)",
      help: ["its columns are " + names.map(\.quoted).joined(separator: ", ")])
  }

  func scanner(
    _ block: UnsafePointer<UInt8>, _ range: Range<Int>, isLast: Bool
  ) -> CSVScanner {
    CSVScanner(
      block, range, separator: separator, comment: comment, hasQuotes: hasQuotes, isLast: isLast)
  }

  /// The separator that a first line `sep=;` says, and where the second begins.
  static func saidSeparator(
    of block: UnsafePointer<UInt8>, _ range: Range<Int>
  ) -> (separator: UInt8, end: Int)? {
    let line = UnsafeBufferPointer(start: block, count: range.upperBound)[range].prefix(7)
    guard line.starts(with: Array("sep=".utf8)), let feed = line.firstIndex(of: .lineFeed),
      feed - range.lowerBound == 5
        || (feed - range.lowerBound == 6 && block[feed - 1] == .carriageReturn)
    else { return nil }
    let separator = block[range.lowerBound + 4]
    return separator == .quote || separator == .carriageReturn ? nil : (separator, feed + 1)
  }

  /// The separator that stands most often in the first line that is no comment, outside of quotes; a
  /// comma if none does.
  static func separator(
    of block: UnsafePointer<UInt8>, _ range: Range<Int>, comment: UInt8?, hasQuotes: Bool
  ) -> UInt8 {
    let candidates = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }
    var counts = Array(repeating: 0, count: candidates.count)
    var isInQuotes = false
    var isInComment = !range.isEmpty && block[range.lowerBound] == comment
    for place in range {
      let byte = block[place]
      if byte == .lineFeed, !isInQuotes {
        if !isInComment { break }
        isInComment = place + 1 < range.upperBound && block[place + 1] == comment
      }
      if isInComment { continue }
      if byte == .quote, hasQuotes { isInQuotes.toggle() }
      if !isInQuotes, let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
    }
    let most = counts.max() ?? 0
    return counts.firstIndex(of: most).map { candidates[$0] } ?? candidates[0]
  }
}
