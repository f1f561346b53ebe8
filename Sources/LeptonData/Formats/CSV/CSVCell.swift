/// A value as it is written.
struct CSVCell {
  let bytes: UnsafePointer<UInt8>
  let count: Int
  /// Where it stands in the block.
  let place: Int
  let hasDoubledQuotes: Bool
  /// What stands within numbers.
  let marks: CSVNumber.Marks

  @inline(__always)
  init(_ field: CSVField, in block: UnsafePointer<UInt8>, _ marks: CSVNumber.Marks) {
    self.init(
      bytes: block + field.start, count: field.end - field.start, place: field.start,
      hasDoubledQuotes: field.hasDoubledQuotes, marks)
  }

  @inline(__always)
  private init(
    bytes: UnsafePointer<UInt8>, count: Int, place: Int, hasDoubledQuotes: Bool,
    _ marks: CSVNumber.Marks
  ) {
    self.bytes = bytes
    self.count = count
    self.place = place
    self.hasDoubledQuotes = hasDoubledQuotes
    self.marks = marks
  }

  var isEmpty: Bool { count == 0 }

  var integer: Int? { CSVNumber.integer(bytes, count, marks) }

  var number: Double? { CSVNumber.number(bytes, count, marks) }

  var truth: Bool? {
    switch trimmed.decoded {
    case "true", "True", "TRUE": true
    case "false", "False", "FALSE": false
    default: nil
    }
  }

  /// The cell without spaces around it, which count for nothing beside a number.
  var trimmed: CSVCell {
    var (first, last) = (0, count)
    while first < last, bytes[first] == space { first += 1 }
    while last > first, bytes[last - 1] == space { last -= 1 }
    return CSVCell(
      bytes: bytes + first, count: last - first, place: place,
      hasDoubledQuotes: hasDoubledQuotes, marks)
  }

  /// The narrowest kind that it is of.
  var kind: ColumnKind {
    let cell = trimmed
    if cell.integer != nil { return .integer }
    if cell.number != nil { return .number }
    return cell.truth == nil ? .text : .truth
  }

  func isOf(_ kind: ColumnKind) -> Bool {
    switch kind {
    case .integer: trimmed.integer != nil
    case .number: trimmed.number != nil
    case .truth: truth != nil
    case .text: true
    }
  }

  /// Whether it stands for no value: it is empty, one of the marks, or `NA` outside of texts where
  /// there are no marks.
  func isMissing(_ marks: Set<String>?, inTexts: Bool) -> Bool {
    if isEmpty { return true }
    guard let marks else { return !inTexts && isNA }
    return marks.contains(decoded)
  }

  private var isNA: Bool {
    count == 2 && bytes[0] == UInt8(ascii: "N") && bytes[1] == UInt8(ascii: "A")
  }

  /// The text, with whatever is no UTF-8 replaced.
  var decoded: String {
    let written = UnsafeBufferPointer(start: bytes, count: count)
    return hasDoubledQuotes
      ? String(decoding: Self.halvingQuotes(of: written), as: UTF8.self)
      : String(decoding: written, as: UTF8.self)
  }

  /// The text.
  func text() throws(CSVFault) -> String {
    let written = UnsafeBufferPointer(start: bytes, count: count)
    if !hasDoubledQuotes, isASCII { return String(decoding: written, as: UTF8.self) }
    let text =
      hasDoubledQuotes
      ? String(validating: Self.halvingQuotes(of: written), as: UTF8.self)
      : String(validating: written, as: UTF8.self)
    guard let text else { throw CSVFault(place: place, what: .notUTF8) }
    return text
  }

  /// Whether its text needs no other check; what does takes ten times as long.
  private var isASCII: Bool {
    var bits: UInt8 = 0
    for place in 0..<count { bits |= bytes[place] }
    return bits < 0x80
  }

  /// The bytes with one quote for each two.
  private static func halvingQuotes(of bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var isFirst = false
    return bytes.filter { byte in
      isFirst = byte == .quote && !isFirst
      return isFirst || byte != .quote
    }
  }
}

private let space = UInt8(ascii: " ")
