extension Double {
  /// A number in two parts: what stands before the point, and the digits behind it as a whole number.
  struct Decimal {
    let whole: UInt64
    let rest: UInt64
    let places: Int

    /// Makes the parts of a number that was multiplied by 10 ^ places.
    fileprivate init?(_ scaled: UInt128, _ scale: UInt64, _ places: Int) {
      self.places = places
      if let scaled = UInt64(exactly: scaled) {
        (whole, rest) = scaled.quotientAndRemainder(dividingBy: scale)
        return
      }
      guard let whole = UInt64(exactly: scaled / UInt128(scale)) else { return nil }
      self.whole = whole
      rest = UInt64(truncatingIfNeeded: scaled % UInt128(scale))
    }

    /// The number as it is written.
    var text: String {
      if places == 0 { return String(whole) }
      let digits = String(rest)
      return "\(whole)." + String(repeating: "0", count: places - digits.utf8.count) + digits
    }
  }

  /// The number with so many digits behind the point, rounded as its exact value asks, halves to even;
  /// `nil` if that takes more than 128 bits, or the number is negative.
  ///
  /// The number is m · 2^e with m below 2^53; m · 10^places · 2^e is computed in whole numbers.
  func decimal(places: Int) -> Decimal? {
    guard self >= 0, self < 1e18, places <= 18 else { return nil }
    let scale = (0..<places).reduce(UInt64(1)) { power, _ in power * 10 }
    guard isNormal else { return self == 0 ? Decimal(0, scale, places) : nil }
    let shift = 52 - Int(exponent)
    guard shift >= 0 else { return nil }
    let product = UInt128(significandBitPattern | 1 << 52) * UInt128(scale)
    guard shift < 128 else { return Decimal(0, scale, places) }
    let whole = product >> UInt128(shift)
    let rest = product - whole << UInt128(shift)
    let half = shift == 0 ? 1 : UInt128(1) << UInt128(shift - 1)
    let isUp = shift > 0 && (rest > half || (rest == half && whole & 1 == 1))
    return Decimal(whole + (isUp ? 1 : 0), scale, places)
  }
}
