/// Finds the records of a block: each on a line of its own, or all of them in one list.
struct JSONRecords {
  /// How the records of a file follow each other, and where between them the next byte stands.
  enum Order {
    /// Each ends with its line.
    case lines
    /// They are the elements of a list, which comes next.
    case list
    /// A comma comes next, or the end of the list.
    case element
    /// The list has ended.
    case nothing
  }

  private let bytes: UnsafePointer<UInt8>
  private let end: Int
  /// Whether no more bytes come after these.
  private let isLast: Bool
  private(set) var order: Order
  /// Where the next record is looked for.
  private(set) var position: Int

  init(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>, _ order: Order, isLast: Bool) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
    self.order = order
    self.isLast = isLast
  }

  /// The next record; `nil` if none is left, or its end has not come yet.
  mutating func next() throws(JSONFault) -> Range<Int>? {
    order == .lines ? try nextLine() : try nextElement()
  }

  private mutating func nextLine() throws(JSONFault) -> Range<Int>? {
    while position < end {
      let feed = RowPieces.lineFeed(in: bytes, position..<end)
      if feed == nil, !isLast { return nil }
      let line = position..<(feed ?? end)
      position = feed.map { $0 + 1 } ?? end
      if !line.allSatisfy({ bytes[$0].isBlank }) { return line }
    }
    return nil
  }
}

// The elements of a list.
extension JSONRecords {
  private mutating func nextElement() throws(JSONFault) -> Range<Int>? {
    let next = behindBlanks(position)
    if order == .nothing {
      position = next
      if next < end { throw JSONFault(place: next, what: .behindList) }
      return nil
    }
    // What is not whole is left where it begins, so that something is left if the file ends here.
    guard next < end else { return try unfinished() }
    if order == .element, bytes[next] == closing { return close(at: next) }
    // Behind the bracket or comma.
    let start = behindBlanks(next + 1)
    if order == .list, start < end, bytes[start] == closing { return close(at: start) }
    guard let stop = elementEnd(from: start) else { return try unfinished() }
    position = stop
    order = .element
    return start..<stop
  }

  private mutating func close(at place: Int) -> Range<Int>? {
    position = place + 1
    order = .nothing
    return nil
  }

  /// What it means that the list does not go on here.
  private func unfinished() throws(JSONFault) -> Range<Int>? {
    if isLast { throw JSONFault(place: position, what: .openList) }
    return nil
  }

  /// Where the comma or bracket stands that ends an element; `nil` if there is none.
  private func elementEnd(from start: Int) -> Int? {
    var (place, depth, isInText) = (start, 0, false)
    while place < end {
      switch bytes[place] {
      case UInt8(ascii: "\\") where isInText: place += 1
      case UInt8.quote: isInText.toggle()
      case _ where isInText: break
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: ","), closing:
        if depth == 0 { return place }
        if bytes[place] == closing { depth -= 1 }
      case UInt8(ascii: "}"): depth = max(depth - 1, 0)
      default: break
      }
      place += 1
    }
    return nil
  }

  private func behindBlanks(_ start: Int) -> Int {
    var place = start
    while place < end, bytes[place].isBlank { place += 1 }
    return place
  }
}

private let closing = UInt8(ascii: "]")
