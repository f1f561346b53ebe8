/// A number as tables write it: digits, and the power of ten that they are multiplied by.
struct DecimalNumber {
  /// The digits.
  var mantissa: UInt64
  /// The power of ten.
  var exponent: Int

  /// How many digits fit into a mantissa, whatever they are.
  static let digitLimit = 19

  /// The number as the nearest double, ties to even; `nil` where that takes more than 128 bits.
  ///
  /// Two exact doubles need one rounding (Clinger, How to Read Floating Point Numbers Accurately, 1990). Else
  /// 10ⁿ is 5ⁿ · 2ⁿ, of which 5ⁿ up to n = 27 fits into 64 bits: a whole product or quotient of 128 bits is
  /// rounded once, with a bit for whatever is left of it.
  @inline(__always)
  var nearest: Double? {
    if mantissa <= 1 << 53, exponent <= 0, exponent >= -22 {
      return Double(mantissa) / Powers.ofTen[-exponent]
    }
    return nearestOfLarge
  }

  private var nearestOfLarge: Double? {
    guard mantissa != 0 else { return 0 }
    guard exponent >= -27, exponent <= 27 else { return nil }
    return exponent < 0 ? quotient : product
  }

  /// The mantissa divided by 5ⁿ and by 2ⁿ.
  private var quotient: Double {
    let five = Powers.ofFive[-exponent]
    let (upper, lower) = (mantissa.leadingZeroBitCount, five.leadingZeroBitCount)
    let (divisor, dividend) = (five << lower, mantissa << upper)
    // Both have their highest bit set, so half the dividend is less than the divisor, and the quotient has
    // 63 or 64 bits.
    let result = divisor.dividingFullWidth((dividend >> 1, dividend << 63))
    let rest: UInt64 = result.remainder == 0 ? 0 : 1
    return Double(result.quotient | rest) * Self.powerOfTwo(exponent + lower - upper - 63)
  }

  /// The mantissa multiplied by 5ⁿ and by 2ⁿ.
  private var product: Double {
    let (high, low) = mantissa.multipliedFullWidth(by: Powers.ofFive[exponent])
    if high == 0 { return Double(low) * Self.powerOfTwo(exponent) }
    let shift = high.leadingZeroBitCount
    let top = shift == 0 ? high : high << shift | low >> (64 - shift)
    let rest: UInt64 = low << shift == 0 ? 0 : 1
    return Double(top | rest) * Self.powerOfTwo(64 - shift + exponent)
  }

  /// 2ⁿ for the n of a normal double.
  private static func powerOfTwo(_ exponent: Int) -> Double {
    Double(bitPattern: UInt64(1023 + exponent) << 52)
  }

  /// Powers that are looked up for each number.
  enum Powers {
    /// 10ⁿ, which is exact up to n = 22.
    static let ofTen: InlineArray<23, Double> = [
      1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
      1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]
    /// 5ⁿ, which fits up to n = 27.
    static let ofFive: InlineArray<28, UInt64> = [
      1, 5, 25, 125, 625, 3125, 15_625, 78_125, 390_625, 1_953_125, 9_765_625, 48_828_125,
      244_140_625, 1_220_703_125, 6_103_515_625, 30_517_578_125, 152_587_890_625, 762_939_453_125,
      3_814_697_265_625, 19_073_486_328_125, 95_367_431_640_625, 476_837_158_203_125,
      2_384_185_791_015_625, 11_920_928_955_078_125, 59_604_644_775_390_625,
      298_023_223_876_953_125, 1_490_116_119_384_765_625, 7_450_580_596_923_828_125,
    ]
    /// 10ⁿ for up to eight digits.
    static let ofDigits: InlineArray<9, UInt64> = [
      1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000,
    ]
  }
}

/// The digits among eight bytes of text, taken at once.
///
/// A byte less the digit zero is at most nine, or it is none; neighbours are put together to numbers of two,
/// four and eight digits by a product each.
struct EightDigits {
  /// How many of the bytes are digits, from the first on.
  let count: Int
  private let word: UInt64

  /// Reads eight bytes.
  @inline(__always)
  init(_ bytes: UnsafePointer<UInt8>) {
    let text = UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
    word = text ^ 0x3030_3030_3030_3030
    // The first byte that is none is found whatever is carried over behind it.
    let others = ((word &+ 0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080
    count = others.trailingZeroBitCount / 8
  }

  /// The number that the digits make.
  @inline(__always)
  var value: UInt64 {
    if count == 0 { return 0 }
    var pairs = word &<< UInt64(64 - 8 * count)
    pairs = (pairs &* (10 << 8 + 1)) >> 8 & 0x00FF_00FF_00FF_00FF
    pairs = (pairs &* (100 << 16 + 1)) >> 16 & 0x0000_FFFF_0000_FFFF
    return (pairs &* (10_000 << 32 + 1)) >> 32
  }
}
