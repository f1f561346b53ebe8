/// A table is coded by columns and by kinds of cells: a few long arrays are read ten times faster than
/// thousands of small objects.
extension Table: Codable {
  private enum CodingKeys: CodingKey {
    case title, names, formats, timings, hidden
    /// For each row one letter a cell: what kind it is.
    case rows
    /// The cells of each kind, in the order of the rows.
    case texts, ints, floats
  }

  /// The letter of each kind of cell.
  private enum Letter {
    static let missing = UInt8(ascii: "-")
    static let text = UInt8(ascii: "t")
    static let int = UInt8(ascii: "i")
    static let float = UInt8(ascii: "f")
    static let yes = UInt8(ascii: "y")
    static let no = UInt8(ascii: "n")
  }

  /// Writes a table.
  public func encode(to encoder: any Encoder) throws {
    var texts: [String] = []
    var ints: [Int] = []
    var floats: [Double] = []
    let letters = rows.map { row in
      String(
        decoding: row.map { cell in
          switch cell {
          case .missing: return Letter.missing
          case .text(let text):
            texts.append(text)
            return Letter.text
          case .int(let number):
            ints.append(number)
            return Letter.int
          case .float(let number):
            floats.append(number)
            return Letter.float
          case .bool(let truth): return truth ? Letter.yes : Letter.no
          }
        }, as: UTF8.self)
    }
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(title, forKey: .title)
    try values.encode(columns.map(\.name), forKey: .names)
    try values.encode(columns.map(\.format.rawValue), forKey: .formats)
    try values.encode(columns.map(\.isTiming), forKey: .timings)
    try values.encode(hidden, forKey: .hidden)
    try values.encode(letters, forKey: .rows)
    try values.encode(texts, forKey: .texts)
    try values.encode(ints, forKey: .ints)
    try values.encode(floats, forKey: .floats)
  }

  /// Reads a table.
  ///
  /// - Throws: `DecodingError` where what it is made of does not fit together.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let names = try values.decode([String].self, forKey: .names)
    let formats = try values.decode([String].self, forKey: .formats).compactMap(
      NumberFormat.init(rawValue:))
    let timings = try values.decode([Bool].self, forKey: .timings)
    guard formats.count == names.count, timings.count == names.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .formats, in: values, debugDescription: "each column has a name and a format")
    }
    var texts = try values.decode([String].self, forKey: .texts).makeIterator()
    var ints = try values.decode([Int].self, forKey: .ints).makeIterator()
    var floats = try values.decode([Double].self, forKey: .floats).makeIterator()
    func cell(_ letter: UInt8) -> Cell? {
      switch letter {
      case Letter.missing: .missing
      case Letter.text: texts.next().map(Cell.text)
      case Letter.int: ints.next().map(Cell.int)
      case Letter.float: floats.next().map(Cell.float)
      case Letter.yes: .bool(true)
      case Letter.no: .bool(false)
      default: nil
      }
    }
    let rows = try values.decode([String].self, forKey: .rows).map { letters in
      try letters.utf8.map { letter in
        guard let cell = cell(letter) else {
          throw DecodingError.dataCorruptedError(
            forKey: .rows, in: values, debugDescription: "a cell has no kind or no value")
        }
        return cell
      }
    }
    self.init(
      title: try values.decode(String.self, forKey: .title),
      columns: names.indices.map { Column(names[$0], formats[$0], isTiming: timings[$0]) },
      rows: rows, hidden: try values.decode(Int.self, forKey: .hidden))
  }
}

extension NumberFormat: RawRepresentable, Codable {
  /// The format as a word: `fixed 2`.
  public var rawValue: String {
    switch self {
    case .general: "general"
    case .fixed(let digits): "fixed \(digits)"
    case .percent(let digits): "percent \(digits)"
    case .grouped: "grouped"
    case .duration: "duration"
    }
  }

  /// The format that a word stands for; nil where it stands for none.
  public init?(rawValue: String) {
    switch rawValue {
    case "general": self = .general
    case "grouped": self = .grouped
    case "duration": self = .duration
    default:
      let parts = rawValue.split(separator: " ")
      guard parts.count == 2, let digits = Int(parts[1]) else { return nil }
      switch parts[0] {
      case "fixed": self = .fixed(digits: digits)
      case "percent": self = .percent(digits: digits)
      default: return nil
      }
    }
  }
}
