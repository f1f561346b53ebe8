/// Dates as seconds since the beginning of 1970, in the proleptic Gregorian calendar, without time zones.
public enum Dates {
  /// The formats that are tried where none is given.
  public static let formats = [
    "%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M",
    "%Y-%m",
    "%Y/%m/%d", "%d.%m.%Y", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S",
  ]

  /// What a date consists of.
  public struct Parts: Sendable, Equatable {
    /// The year.
    public var year = 1970
    /// The month, from 1.
    public var month = 1
    /// The day of the month, from 1.
    public var day = 1
    /// The hour, from 0.
    public var hour = 0
    /// The minute, from 0.
    public var minute = 0
    /// The second, with its fraction.
    public var second = 0.0
    /// The day of the week: Monday is 0.
    public var weekday = 3
    /// The day of the year, from 1.
    public var dayOfYear = 1
  }

  /// The parts of a moment; nothing if it is none, or millions of years away.
  public static func parts(of seconds: Double) -> Parts? {
    guard seconds.magnitude < 1e14 else { return nil }
    var days = Int((seconds / 86400).rounded(.down))
    var rest = seconds - Double(days) * 86400
    // What lies just before midnight may be rounded to it.
    if rest >= 86400 { (days, rest) = (days + 1, 0) }
    let minutes = Int(rest / 60)
    var parts = civil(days)
    (parts.hour, parts.minute) = (minutes / 60, minutes % 60)
    parts.second = rest - Double(minutes * 60)
    parts.weekday = ((days + 3) % 7 + 7) % 7
    parts.dayOfYear = days - self.days(year: parts.year, month: 1, day: 1) + 1
    return parts
  }

  /// The moment of a text in one of the known formats, or in a given one; nothing if it does not fit.
  public static func moment(_ text: String, format: String? = nil) -> Double? {
    let bytes = Array(text.utf8)
    for format in format.map({ [$0] }) ?? formats {
      var reader = DateReader(bytes)
      if let moment = reader.moment(Array(format.utf8)) { return moment }
    }
    return nil
  }

  /// A moment as a text in a format: `%Y %m %d %H %M %S %y %b %j` stand for its parts.
  public static func text(of seconds: Double, format: String) -> String? {
    guard let parts = parts(of: seconds) else { return nil }
    func padded(_ number: Int, _ width: Int = 2) -> String {
      let digits = "\(number.magnitude)"
      let zeros = String(repeating: "0", count: max(0, width - digits.count))
      return (number < 0 ? "-" : "") + zeros + digits
    }
    var text = ""
    var isCode = false
    for character in format {
      guard isCode else {
        if character == "%" { isCode = true } else { text.append(character) }
        continue
      }
      isCode = false
      switch character {
      case "Y": text += padded(parts.year, 4)
      case "y": text += padded((parts.year % 100 + 100) % 100)
      case "m": text += padded(parts.month)
      case "d": text += padded(parts.day)
      case "H": text += padded(parts.hour)
      case "M": text += padded(parts.minute)
      case "S": text += padded(Int(parts.second))
      case "j": text += padded(parts.dayOfYear, 3)
      case "b": text += DateReader.months[parts.month - 1].capitalizedFirst
      default: text.append(character)
      }
    }
    return text
  }

  /// Days since 1970 (Hinnant, chrono-compatible low-level date algorithms).
  static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let ofEra = shifted - era * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }

  private static func civil(_ days: Int) -> Parts {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let day = shifted - era * 146_097
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
    let ofYear = day - (365 * year + year / 4 - year / 100)
    let month = (5 * ofYear + 2) / 153
    var parts = Parts()
    parts.day = ofYear - (153 * month + 2) / 5 + 1
    parts.month = month < 10 ? month + 3 : month - 9
    parts.year = year + era * 400 + (parts.month <= 2 ? 1 : 0)
    return parts
  }

  /// How many days a year has.
  static func length(of year: Int) -> Int {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 366 : 365
  }

  /// How many days a month has.
  static func length(of month: Int, in year: Int) -> Int {
    month == 2 ? (length(of: year) == 366 ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }
}

/// Reads a date by a format: `%Y %m %d %H %M %S %y %b %j` stand for its parts, all else for itself.
private struct DateReader {
  private var rest: ArraySlice<UInt8>
  private var parts = Dates.Parts()
  private var dayOfYear: Int?

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  mutating func moment(_ format: [UInt8]) -> Double? {
    var format = format[...]
    while let byte = format.popFirst() {
      if byte == UInt8(ascii: "%"), let code = format.popFirst() {
        guard read(code) else { return nil }
      } else if rest.popFirst() != byte {
        return nil
      }
    }
    // A point with a fraction may follow the seconds, a Z all.
    guard rest.isEmpty || rest.elementsEqual("Z".utf8), (1...12).contains(parts.month),
      (1...Dates.length(of: parts.month, in: parts.year)).contains(parts.day)
    else { return nil }
    if let dayOfYear, dayOfYear > Dates.length(of: parts.year) { return nil }
    let days =
      dayOfYear.map { Dates.days(year: parts.year, month: 1, day: 1) + $0 - 1 }
      ?? Dates.days(year: parts.year, month: parts.month, day: parts.day)
    return Double(days * 86400 + parts.hour * 3600 + parts.minute * 60) + parts.second
  }

  private mutating func read(_ code: UInt8) -> Bool {
    switch code {
    case UInt8(ascii: "Y"): return set(\.year, 4...4, 0...9999)
    case UInt8(ascii: "m"): return set(\.month, 1...2, 1...12)
    case UInt8(ascii: "d"): return set(\.day, 1...2, 1...31)
    case UInt8(ascii: "H"): return set(\.hour, 1...2, 0...23)
    case UInt8(ascii: "M"): return set(\.minute, 1...2, 0...59)
    case UInt8(ascii: "S"): return readSeconds()
    case UInt8(ascii: "y"):
      guard let year = number(2...2) else { return false }
      parts.year = year < 69 ? 2000 + year : 1900 + year
      return true
    case UInt8(ascii: "j"):
      dayOfYear = number(1...3)
      return dayOfYear.map { (1...366).contains($0) } ?? false
    case UInt8(ascii: "b"): return readMonthName()
    default: return rest.popFirst() == code
    }
  }

  private mutating func set(
    _ part: WritableKeyPath<Dates.Parts, Int>, _ digits: ClosedRange<Int>,
    _ values: ClosedRange<Int>
  ) -> Bool {
    guard let number = number(digits), values.contains(number) else { return false }
    parts[keyPath: part] = number
    return true
  }

  private mutating func number(_ digits: ClosedRange<Int>) -> Int? {
    var (number, count) = (0, 0)
    while count < digits.upperBound, let byte = rest.first, (48...57).contains(byte) {
      number = number * 10 + Int(byte - 48)
      rest.removeFirst()
      count += 1
    }
    return digits.contains(count) ? number : nil
  }

  private mutating func readSeconds() -> Bool {
    guard let whole = number(1...2), whole < 60 else { return false }
    parts.second = Double(whole)
    guard rest.first == UInt8(ascii: ".") else { return true }
    rest.removeFirst()
    let before = rest.count
    guard let fraction = number(1...9) else { return false }
    var scale = 1.0
    for _ in 0..<(before - rest.count) { scale *= 10 }
    parts.second += Double(fraction) / scale
    return true
  }

  static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  private mutating func readMonthName() -> Bool {
    let name = String(decoding: rest.prefix(3), as: UTF8.self).lowercased()
    guard let month = Self.months.firstIndex(of: name) else { return false }
    parts.month = month + 1
    rest = rest.dropFirst(3)
    return true
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
