extension Double {
  /// The number with so many digits behind the point, rounded as its exact value asks, halves to even;
  /// `nil` if that takes more than 128 bits.
  ///
  /// The number is m · 2^e with m below 2^53; m · 10^places · 2^e is computed in whole numbers.
  func decimal(places: Int) -> String? {
    guard self >= 0, self < 1e18, places <= 18 else { return nil }
    let scale = (0..<places).reduce(UInt128(1)) { power, _ in power * 10 }
    guard isNormal else { return self == 0 ? Self.text(0, scale, places) : nil }
    let shift = 52 - Int(exponent)
    guard shift >= 0 else { return nil }
    let product = UInt128(significandBitPattern | 1 << 52) * scale
    guard shift < 128 else { return Self.text(0, scale, places) }
    let whole = product >> UInt128(shift)
    let rest = product - whole << UInt128(shift)
    let half = shift == 0 ? 1 : UInt128(1) << UInt128(shift - 1)
    let isUp = shift > 0 && (rest > half || (rest == half && whole & 1 == 1))
    return Self.text(whole + (isUp ? 1 : 0), scale, places)
  }

  private static func text(_ scaled: UInt128, _ scale: UInt128, _ places: Int) -> String? {
    guard let whole = UInt64(exactly: scaled / scale),
      let rest = UInt64(exactly: scaled % scale)
    else { return nil }
    if places == 0 { return String(whole) }
    let digits = String(rest)
    return "\(whole)." + String(repeating: "0", count: places - digits.utf8.count) + digits
  }
}
