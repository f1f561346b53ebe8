import Glibc

/// Where a value stands in a block.
struct CSVField {
  var start: Int
  var end: Int
  /// Whether quotes within it are doubled.
  var hasDoubledQuotes: Bool
}

/// Cuts a block of bytes into rows of fields.
struct CSVScanner {
  /// How many bytes a value may have.
  static let fieldLimit = 1 << 20

  private let bytes: UnsafePointer<UInt8>
  private let end: Int
  private let separator: UInt8
  private let comment: UInt8?
  /// What stands around a value in quotes; nothing where there are none.
  private let quote: UInt8?
  /// Whether no more bytes come after these.
  private let isLast: Bool
  /// Where the next row begins.
  var position: Int
  /// Where the row begins that was read last.
  private(set) var rowStart: Int
  /// The fields of that row.
  private(set) var fields: [CSVField] = []

  init(
    _ bytes: UnsafePointer<UInt8>, _ range: Range<Int>, separator: UInt8, comment: UInt8?,
    hasQuotes: Bool, isLast: Bool
  ) {
    self.bytes = bytes
    self.separator = separator
    self.comment = comment
    quote = hasQuotes ? .quote : nil
    self.isLast = isLast
    position = range.lowerBound
    rowStart = position
    end = range.upperBound
  }

  /// Reads a row; false if none is left, or its end has not come yet.
  mutating func next() throws(CSVFault) -> Bool {
    let isAtRow = skipLines()
    rowStart = position
    guard isAtRow else { return false }
    fields.removeAll(keepingCapacity: true)
    while position < end {
      guard let field = try field() else { break }
      fields.append(field)
      if position == end { return endsHere() }
      if bytes[position] != separator {
        skipLineEnd()
        return true
      }
      position += 1
      if position == end {
        addEmpty()
        return endsHere()
      }
    }
    return false
  }

  /// Reads a value, and goes behind it; `nil` if its end has not come yet.
  @inline(__always)
  mutating func field() throws(CSVFault) -> CSVField? {
    try bytes[position] == quote ? quotedField() : plainField()
  }

  /// Whether the row that reaches the end of the bytes ends there.
  private mutating func endsHere() -> Bool {
    if isLast { return true }
    position = rowStart
    return false
  }

  private mutating func addEmpty() {
    fields.append(
      CSVField(start: position, end: position, hasDoubledQuotes: false))
  }

  /// Passes over empty lines and comments; false before a comment whose end has not come yet.
  private mutating func skipLines() -> Bool {
    while position < end {
      let byte = bytes[position]
      if byte == .lineFeed {
        position += 1
      } else if byte == .carriageReturn, position + 1 < end, bytes[position + 1] == .lineFeed {
        position += 2
      } else if byte == comment {
        let feed = place(of: .lineFeed, from: position)
        if feed == end, !isLast { return false }
        position = min(feed + 1, end)
      } else {
        return true
      }
    }
    return true
  }

  /// Where a byte stands next; the end if nowhere.
  private func place(of byte: UInt8, from start: Int) -> Int {
    guard let found = memchr(bytes + start, Int32(byte), end - start) else { return end }
    return UnsafeRawPointer(bytes).distance(to: UnsafeRawPointer(found))
  }

  private mutating func skipLineEnd() {
    if bytes[position] == .carriageReturn { position += 1 }
    position += 1
  }

  /// Reads up to the next separator or line end.
  private mutating func plainField() throws(CSVFault) -> CSVField {
    let start = position
    var place = nextMark(from: start)
    position = place
    guard place - start <= Self.fieldLimit else { throw CSVFault(place: start, what: .tooLong) }
    let isAtLineEnd = place < end ? bytes[place] == .lineFeed : isLast
    if isAtLineEnd, place > start, bytes[place - 1] == .carriageReturn {
      place -= 1
      if position < end { position = place }
    }
    return CSVField(start: start, end: place, hasDoubledQuotes: false)
  }

  /// The next separator or line end, eight bytes at a time.
  ///
  /// A byte of a word is zero where taking one away borrows from its highest bit; the lowest one found so is
  /// always right (H. S. Warren, Hacker's Delight, 6–1).
  @inline(__always)
  private func nextMark(from start: Int) -> Int {
    let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    let (separators, feeds) = (UInt64(separator) &* ones, UInt64(UInt8.lineFeed) &* ones)
    var place = start
    while place + 8 <= end {
      let word = UInt64(
        littleEndian: UnsafeRawPointer(bytes + place).loadUnaligned(as: UInt64.self))
      let (one, two) = (word ^ separators, word ^ feeds)
      let zeros = ((one &- ones) & ~one | (two &- ones) & ~two) & tops
      if zeros != 0 { return place + zeros.trailingZeroBitCount / 8 }
      place += 8
    }
    while place < end, bytes[place] != separator, bytes[place] != .lineFeed { place += 1 }
    return place
  }

  /// Reads up to the closing quote; `nil` if it has not come yet.
  private mutating func quotedField() throws(CSVFault) -> CSVField? {
    let opening = position
    var place = position + 1
    var hasDoubledQuotes = false
    while true {
      place = self.place(of: .quote, from: place)
      guard place - opening <= Self.fieldLimit else {
        throw CSVFault(place: opening, what: .tooLong)
      }
      if place == end { return try unfinished(opening) }
      guard place + 1 < end else {
        if !isLast { return try unfinished(opening) }
        break
      }
      guard bytes[place + 1] == .quote else { break }
      hasDoubledQuotes = true
      place += 2
    }
    let field = CSVField(start: opening + 1, end: place, hasDoubledQuotes: hasDoubledQuotes)
    position = place + 1
    if position == end || endsField(position) { return field }
    if !isLast, position + 1 == end { return try unfinished(opening) }
    throw CSVFault(place: position, what: .textBehindQuote)
  }

  private func endsField(_ place: Int) -> Bool {
    let byte = bytes[place]
    return byte == separator || byte == .lineFeed
      || (byte == .carriageReturn && place + 1 < end && bytes[place + 1] == .lineFeed)
  }

  private mutating func unfinished(_ opening: Int) throws(CSVFault) -> CSVField? {
    if isLast { throw CSVFault(place: opening, what: .openQuote) }
    position = rowStart
    return nil
  }
}
