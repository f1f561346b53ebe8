extension JSONReader {
  /// Reads a text in quotes, at the first quote.
  mutating func text() throws(JSONError) -> String {
    let start = position
    position += 1
    let plain = try run()
    if skip(UInt8(ascii: "\"")) { return try string(plain, from: start) }
    var unescaped: [UInt8] = []
    unescaped.reserveCapacity(lengthToQuote + plain.count)
    unescaped.append(contentsOf: plain)
    while !skip(UInt8(ascii: "\"")) {
      try escape(into: &unescaped)
      unescaped.append(contentsOf: try run())
    }
    return try unescaped.withUnsafeBufferPointer { (all) throws(JSONError) in
      try string(all[...], from: start)
    }
  }

  /// How many bytes stand before the quote that closes a text, or to the end where there is none.
  private var lengthToQuote: Int {
    var place = position
    while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
      place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    return place - position
  }

  /// Steps over bytes that stand for themselves, up to a quote or a backslash.
  private mutating func run() throws(JSONError) -> Slice<UnsafeBufferPointer<UInt8>> {
    let start = position
    while let byte = next {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return bytes[start..<position] }
      guard byte >= 0x20 else {
        throw failure("json/text", "a control character in a text must be written as an escape")
      }
      position += 1
    }
    throw failure("json/text", "a text is never closed with a quote")
  }

  private func string(
    _ utf8: Slice<UnsafeBufferPointer<UInt8>>, from start: Int
  ) throws(JSONError) -> String {
    guard let text = String(validating: UnsafeBufferPointer(rebasing: utf8), as: UTF8.self) else {
      throw failure("json/text", "a text is not valid UTF-8", at: start)
    }
    return text
  }

  /// Reads an escape, at its backslash.
  private mutating func escape(into out: inout [UInt8]) throws(JSONError) {
    let start = position
    position += 1
    guard let letter = next else {
      throw failure("json/text", "a text is never closed with a quote")
    }
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(letter)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "u"): out.append(contentsOf: String(try scalar(from: start)).utf8)
    default: throw failure("json/text", "a text has an escape that JSON does not know", at: start)
    }
  }

  /// Reads the digits of `\uXXXX`, or of the two that make a surrogate pair.
  private mutating func scalar(from start: Int) throws(JSONError) -> Unicode.Scalar {
    var code = UInt32(try unit(from: start))
    if code & 0xFC00 == 0xD800, skip(UInt8(ascii: "\\")), skip(UInt8(ascii: "u")) {
      let low = UInt32(try unit(from: start))
      guard low & 0xFC00 == 0xDC00 else { throw loneSurrogate(at: start) }
      code = 0x10000 + ((code & 0x3FF) << 10 | (low & 0x3FF))
    }
    guard let scalar = Unicode.Scalar(code) else { throw loneSurrogate(at: start) }
    return scalar
  }

  private func loneSurrogate(at start: Int) -> JSONError {
    failure("json/text", "a text has one half of a surrogate pair without the other", at: start)
  }

  /// Reads four hexadecimal digits.
  private mutating func unit(from start: Int) throws(JSONError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = next.flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
        throw failure("json/text", "`\\u` needs four hexadecimal digits", at: start)
      }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }
}
