/// Arithmetic and comparison of two numbers of one kind, which never leave the registers: `x.tag | y.tag == 0`
/// says that both are ints, `x.tag & y.tag == 1` both floats. `nil` is everything else, and what overflows
/// or divides by 0.
extension Slot {
  /// Evaluates `x + y`.
  @inline(__always)
  static func sum(_ x: Slot, _ y: Slot) -> Slot? {
    if x.tag & y.tag == 1 { return Slot(float: x.float + y.float) }
    guard x.tag | y.tag == 0, case let (sum, false) = x.int.addingReportingOverflow(y.int) else {
      return nil
    }
    return Slot(int: sum)
  }

  /// Evaluates `x - y`.
  @inline(__always)
  static func difference(_ x: Slot, _ y: Slot) -> Slot? {
    if x.tag & y.tag == 1 { return Slot(float: x.float - y.float) }
    guard x.tag | y.tag == 0,
      case let (difference, false) = x.int.subtractingReportingOverflow(y.int)
    else { return nil }
    return Slot(int: difference)
  }

  /// Evaluates `x * y`, also of an int and a float.
  @inline(__always)
  static func product(_ x: Slot, _ y: Slot) -> Slot? {
    if x.tag & y.tag == 1 { return Slot(float: x.float * y.float) }
    if x.tag | y.tag == 0 {
      guard case let (product, false) = x.int.multipliedReportingOverflow(by: y.int) else {
        return nil
      }
      return Slot(int: product)
    }
    if x.tag == Tag.int, y.tag == Tag.float { return Slot(float: Double(x.int) * y.float) }
    return nil
  }

  /// Evaluates `x / y` of floats.
  @inline(__always)
  static func quotient(_ x: Slot, _ y: Slot) -> Slot? {
    guard x.tag & y.tag == 1, y.float != 0 else { return nil }
    return Slot(float: x.float / y.float)
  }

  /// Evaluates `x // y` of ints that are not negative.
  @inline(__always)
  static func wholeQuotient(_ x: Slot, _ y: Slot) -> Slot? {
    guard x.tag | y.tag == 0, x.int >= 0, y.int > 0 else { return nil }
    return Slot(int: x.int / y.int)
  }

  /// Evaluates `x % y` of ints that are not negative.
  @inline(__always)
  static func rest(_ x: Slot, _ y: Slot) -> Slot? {
    guard x.tag | y.tag == 0, x.int >= 0, y.int > 0 else { return nil }
    return Slot(int: x.int % y.int)
  }

  /// Evaluates `x < y`.
  @inline(__always)
  static func isLess(_ x: Slot, _ y: Slot) -> Bool? {
    if x.tag | y.tag == 0 { return x.int < y.int }
    return x.tag & y.tag == 1 ? x.float < y.float : nil
  }

  /// Evaluates `x <= y`.
  @inline(__always)
  static func isLessOrEqual(_ x: Slot, _ y: Slot) -> Bool? {
    if x.tag | y.tag == 0 { return x.int <= y.int }
    return x.tag & y.tag == 1 ? x.float <= y.float : nil
  }

  /// Evaluates `x == y` of two that are equal if their bits are: ints, truths, characters.
  @inline(__always)
  static func isEqual(_ x: Slot, _ y: Slot) -> Bool? {
    x.tag == y.tag && x.tag != Tag.float && x.tag < Tag.heap ? x.bits == y.bits : nil
  }
}
