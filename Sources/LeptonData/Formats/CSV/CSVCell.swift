/// A value as it is written.
struct CSVCell {
  let bytes: UnsafePointer<UInt8>
  let count: Int
  /// Where it stands in the block.
  let place: Int
  let hasDoubledQuotes: Bool
  /// What stands before decimals.
  let decimal: UInt8

  @inline(__always)
  init(_ field: CSVField, in block: UnsafePointer<UInt8>, decimal: UInt8) {
    self.init(
      bytes: block + field.start, count: field.end - field.start, place: field.start,
      hasDoubledQuotes: field.hasDoubledQuotes, decimal: decimal)
  }

  @inline(__always)
  private init(
    bytes: UnsafePointer<UInt8>, count: Int, place: Int, hasDoubledQuotes: Bool, decimal: UInt8
  ) {
    self.bytes = bytes
    self.count = count
    self.place = place
    self.hasDoubledQuotes = hasDoubledQuotes
    self.decimal = decimal
  }

  var isEmpty: Bool { count == 0 }

  var integer: Int? { CSVNumber.integer(bytes, count) }

  var number: Double? { CSVNumber.number(bytes, count, decimal: decimal) }

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
      hasDoubledQuotes: hasDoubledQuotes, decimal: decimal)
  }

  /// The narrowest kind that it is of.
  var kind: CSV.Kind {
    let cell = trimmed
    if cell.integer != nil { return .integer }
    if cell.number != nil { return .number }
    return cell.truth == nil ? .text : .truth
  }

  func isOf(_ kind: CSV.Kind) -> Bool {
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
    guard let marks else { return !inTexts && decoded == "NA" }
    return marks.contains(decoded)
  }

  /// The text, with whatever is no UTF-8 replaced.
  var decoded: String {
    let text = String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    return hasDoubledQuotes ? text.replacing("\"\"", with: "\"") : text
  }

  /// The text.
  func text() throws(CSVFault) -> String {
    let buffer = UnsafeBufferPointer(start: bytes, count: count)
    guard let text = String(validating: buffer, as: UTF8.self) else {
      throw CSVFault(place: place, what: .notUTF8)
    }
    return hasDoubledQuotes ? text.replacing("\"\"", with: "\"") : text
  }
}

private let space = UInt8(ascii: " ")
