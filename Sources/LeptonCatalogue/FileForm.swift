import LeptonFiles

/// What a file looks like to somebody who has no reader of data.
public enum FileForm {
  /// The form of a file in a few words: `1,000 lines of 2 columns` of a table, `[10000, 28, 28]` of an
  /// IDX file, packed by gzip or not; else how many bytes it has.
  ///
  /// - Throws: `file/damaged` or `file/size` if what gzip has packed cannot be unpacked.
  public static func words(for bytes: [UInt8], name: String) throws(FileError) -> String {
    let isPacked = bytes.starts(with: [0x1F, 0x8B])
    let content = isPacked ? try gunzip(bytes, limit: 1 << 30, name: name) : bytes
    if let axes = axes(of: content) { return axes.description }
    guard !content.isEmpty, !content.contains(0) else { return "\(count(bytes.count)) bytes" }
    return lines(of: content)
  }

  /// The axes that the header of an IDX file states, if they make up its length.
  private static func axes(of bytes: [UInt8]) -> [Int]? {
    guard bytes.count >= 4, bytes.starts(with: [0, 0]) else { return nil }
    let (widths, rank) = ([8: 1, 9: 1, 11: 2, 12: 4, 13: 4, 14: 8] as [UInt8: Int], Int(bytes[3]))
    guard let width = widths[bytes[2]], bytes.count >= 4 + 4 * rank else { return nil }
    let sizes = (0..<rank).map { axis in
      bytes[4 + 4 * axis..<8 + 4 * axis].reduce(0) { $0 << 8 | Int($1) }
    }
    var total = width
    for size in sizes {
      let (product, overflow) = total.multipliedReportingOverflow(by: size)
      if overflow { return nil }
      total = product
    }
    return total == bytes.count - 4 - 4 * rank ? sizes : nil
  }

  /// How many lines there are, and how many columns the first one has.
  private static func lines(of bytes: [UInt8]) -> String {
    let lines = bytes.split(separator: 0x0A).filter { $0 != [0x0D] }
    guard let first = lines.first, first.first != 0x7B else { return "\(count(lines.count)) lines" }
    let counts = ([0x09, 0x3B, 0x2C] as [UInt8]).map { separator in first.count { $0 == separator }
    }
    let separators = counts[0] > 0 ? counts[0] : max(counts[1], counts[2])
    return "\(count(lines.count)) lines"
      + (separators == 0 ? "" : " of \(separators + 1) columns")
  }

  /// A number with its digits in threes: `10,001`.
  static func count(_ number: Int) -> String {
    let digits = String(number)
    return digits.enumerated().reduce("") { text, digit in
      let left = digits.count - digit.offset
      return text + (digit.offset > 0 && left % 3 == 0 ? "," : "") + String(digit.element)
    }
  }
}
