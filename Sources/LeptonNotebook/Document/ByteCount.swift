extension Int {
  /// The bytes that a size has: `4096`, `512KB`, `10MB`, `2GB`; nothing for what is no size or not
  /// positive.
  public static func bytes(_ text: some StringProtocol) -> Int? {
    let units = [("KB", 10), ("MB", 20), ("GB", 30), ("B", 0)]
    let unit = units.first { text.hasSuffix($0.0) }
    let digits = text.dropLast(unit?.0.count ?? 0)
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }),
      let number = Int(digits), number > 0
    else { return nil }
    let (bytes, overflows) = number.multipliedReportingOverflow(by: 1 << (unit?.1 ?? 0))
    return overflows ? nil : bytes
  }
}
