import LeptonData
import LeptonRuntime

extension CSV.Dialect {
  /// Makes a dialect of what words are told.
  init(
    _ separator: String?, _ header: Value, _ missing: [String]?, _ decimal: String,
    _ thousands: String?, _ comment: String?, _ quotes: Bool, _ bad: String, _ types: Record,
    _ columns: Names?, _ rows: Int?
  ) throws {
    self.init(
      separator: try separator.map { try Unicode.Scalar(mark: $0, "separator") },
      header: try CSV.Header(header), missing: missing.map(Set.init),
      decimal: try Unicode.Scalar(mark: decimal, "mark of decimals"),
      thousands: try thousands.map { try Unicode.Scalar(mark: $0, "mark of thousands") },
      comment: try comment.map { try Unicode.Scalar(mark: $0, "mark of comments") },
      hasQuotes: quotes, badRows: try .chosen(bad, "on_bad"), kinds: try .init(types: types),
      columns: columns?.list, rowLimit: try rows.map(Int.init(rowLimit:)))
  }
}

extension JSONLines.Form {
  /// Makes a form of what words are told.
  init(_ columns: Names?, _ bad: String, _ types: Record, _ rows: Int?) throws {
    self.init(
      columns: columns?.list, kinds: try .init(types: types),
      badRows: try .chosen(bad, "on_bad"), rowLimit: try rows.map(Int.init(rowLimit:)))
  }
}

extension Int {
  /// How many rows to read.
  ///
  /// - Throws: `value/range` for fewer than none.
  fileprivate init(rowLimit rows: Int) throws {
    guard rows >= 0 else { throw LanguageError("value/range", "rows=\(rows) is less than none") }
    self = rows
  }
}

extension [String: ColumnKind] {
  /// The kinds of columns by their names.
  fileprivate init(types: Record) throws {
    self.init()
    for (name, type) in zip(types.names, types.values) {
      self[name] = try .chosen(String.bridging(type), name)
    }
  }
}

extension CSV.Header {
  /// Takes `true`, `false` or a list of names.
  init(_ value: Value) throws {
    switch value {
    case .bool(let isThere): self = isThere ? .firstRow : .none
    default: self = .names(try Names.bridging(value).list)
    }
  }
}

extension RawRepresentable where RawValue == String, Self: CaseIterable {
  /// Takes one of a few names.
  static func chosen(_ name: String, _ what: String) throws -> Self {
    if let choice = Self(rawValue: name) { return choice }
    let choices = allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    throw LanguageError(
      "value/choice", "\(what)=\"\(name)\" is none of the choices", help: ["choose \(choices)"])
  }
}

extension Unicode.Scalar {
  /// Takes a text of one character.
  init(mark: String, _ what: String) throws {
    guard let scalar = mark.unicodeScalars.first, mark.unicodeScalars.count == 1 else {
      throw LanguageError("value/range", "the \(what) must be one character, not \"\(mark)\"")
    }
    self = scalar
  }
}
