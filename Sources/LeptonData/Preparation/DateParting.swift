import LeptonFiles

/// The parts of dates as numbers, each a column.
public struct DateParting: Preparing, Equatable {
  /// A part that may become a column.
  public enum Part: String, Sendable, CaseIterable {
    case year, month, day, hour, minute, second, weekday
    case dayOfYear = "day_of_year"
  }

  private let parts: [Part]
  private let format: String?

  /// Makes it for some parts.
  public init(_ parts: [Part], format: String? = nil) {
    self.parts = parts
    self.format = format
  }

  /// Texts that are dates nearly all.
  public func suits(_ values: ColumnValues) -> Bool {
    guard case .texts(let cells) = values else { return false }
    let present = cells.values.compactMap(\.self).prefix(1000)
    let dates = present.count { Dates.moment($0, format: format) != nil }
    return dates > 0 && Double(dates) >= 0.95 * Double(present.count)
  }

  /// The columns `date year`, `date month`, …; what is no date is missing.
  public func applied(
    to columns: [DataTable.Column], _ learned: [Learned]
  ) throws(FileError) -> [[DataTable.Column]] {
    columns.map { column in
      let dates = column.values.moments(format: format).map { $0.flatMap(Dates.parts(of:)) }
      return parts.map { part in
        .init("\(column.name) \(part.rawValue)", Self.values(part, dates))
      }
    }
  }

  private static func values(_ part: Part, _ dates: [Dates.Parts?]) -> ColumnValues {
    func integers(_ value: (Dates.Parts) -> Int) -> ColumnValues {
      .integers(Cells(dates.map { $0.map(value) }))
    }
    switch part {
    case .year: return integers(\.year)
    case .month: return integers(\.month)
    case .day: return integers(\.day)
    case .hour: return integers(\.hour)
    case .minute: return integers(\.minute)
    case .second: return .numbers(Cells(dates.map { $0?.second }))
    case .weekday: return integers(\.weekday)
    case .dayOfYear: return integers(\.dayOfYear)
    }
  }
}

extension ColumnValues {
  /// The moments that texts or numbers of seconds stand for; nothing for what is no date.
  public func moments(format: String? = nil) -> [Double?] {
    if case .texts(let cells) = self {
      return cells.values.map { $0.flatMap { Dates.moment($0, format: format) } }
    }
    return doubles?.map { $0.isNaN ? nil : $0 } ?? Array(repeating: nil, count: count)
  }
}
