/// Records of JSON as rows that follow each other.
struct JSONFormat: RowFormat {
  private let form: JSONLines.Form

  init(_ form: JSONLines.Form) { self.form = form }

  var rowLimit: Int? { form.rowLimit }

  /// Looks whether the file is one list.
  func begin(
    _ block: UnsafePointer<UInt8>, _ count: Int, isLast: Bool, in name: String
  ) -> (part: JSONPart, start: Int)? {
    let text = UnsafeBufferPointer(start: block, count: count)
    let start = text.markLength
    guard let first = text[start...].firstIndex(where: { !$0.isBlank }) else {
      return isLast ? (JSONPart(form, .lines), start) : nil
    }
    return text[first] == UInt8(ascii: "[")
      ? (JSONPart(form, .list), first) : (JSONPart(form, .lines), start)
  }
}

extension UInt8 {
  /// Whether it is one of the bytes that JSON passes over.
  var isBlank: Bool {
    self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") || self == .carriageReturn
      || self == .lineFeed
  }
}
