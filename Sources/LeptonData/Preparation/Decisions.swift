/// How the columns of a table are prepared if nothing else is said, decided by their types.
public struct Decisions {
  /// What may be said all the same.
  public struct Wishes: Sendable, Equatable {
    /// How gaps in numbers are filled: `mean`, `median`, `nearest` or `iterative`.
    public var filling: String
    /// A column of texts with more different ones is hashed.
    public var categories: Int
    /// A text that is a sentence is counted by so many words at the most.
    public var words: Int

    /// Makes wishes.
    public init(filling: String = "median", categories: Int = 50, words: Int = 500) {
      self.filling = filling
      self.categories = categories
      self.words = words
    }
  }

  /// What a column is taken for.
  public enum Kind: String, Sendable {
    case number, flag, category, text, date
    case leftOut = "left out"
  }

  /// What was decided about a column, and why.
  public struct Decision: Sendable {
    /// The column.
    public let column: String
    /// What it is taken for.
    public let kind: Kind
    /// Why.
    public let reason: String
    /// How many values are missing.
    public let missing: Int
    /// The Lepton of what is done.
    public var preparation: String
  }

  /// A decision for each column.
  public private(set) var columns: [Decision]
  /// The steps that are taken.
  public private(set) var steps: [PreparationStep] = []

  private let wishes: Wishes

  /// Decides for a table.
  public init(for table: DataTable, _ wishes: Wishes = Wishes()) {
    self.wishes = wishes
    columns = table.columns.map { Decisions.decide($0, wishes) }
    leaveOut()
    partDates()
    fill()
    scale()
    encode()
    countWords()
  }

  private func names(_ kinds: Kind..., where isTaken: (Decision) -> Bool = { _ in true })
    -> [String]
  {
    columns.filter { kinds.contains($0.kind) && isTaken($0) }.map(\.column)
  }

  /// Adds a step for columns, if there are any, and notes it with them.
  private mutating func add(
    _ word: String, _ names: [String], _ options: String = "", way: any Preparing,
    noted: Set<String>? = nil
  ) {
    guard !names.isEmpty else { return }
    func call(_ names: [String]) -> String {
      "\(word)(\(names.map(\.literal).joined(separator: ", "))\(options))"
    }
    steps.append(PreparationStep(source: call(names), way: way, columns: names))
    for place in columns.indices where (noted ?? Set(names)).contains(columns[place].column) {
      let before = columns[place].preparation
      columns[place].preparation =
        (before.isEmpty ? "" : before + " >> ") + call([columns[place].column])
    }
  }

  private mutating func leaveOut() { add("leave_out", names(.leftOut), way: LeavingOut()) }

  private static let dateParts: [DateParting.Part] = [.year, .month, .day, .hour, .weekday]

  private mutating func partDates() {
    add("date_parts", names(.date), way: DateParting(Decisions.dateParts))
  }

  private mutating func fill() {
    let gaps = names(.number) { $0.missing > 0 }
    switch wishes.filling {
    case "nearest", "iterative":
      let isNearest = wishes.filling == "nearest"
      // The others help, so all numbers are looked at.
      let way: any Preparing =
        isNearest
        ? NearestImputing(neighbours: 5, hasIndicator: true)
        : IterativeImputing(rounds: 10, hasIndicator: true)
      add(
        "impute", gaps.isEmpty ? [] : names(.number),
        ", by=\(wishes.filling.literal), indicator=true", way: way, noted: Set(gaps))
    default:
      add(
        "impute", gaps, ", by=\(wishes.filling.literal), indicator=true",
        way: Imputing(wishes.filling == "mean" ? .mean : .median, hasIndicator: true))
    }
    add(
      "impute", names(.flag) { $0.missing > 0 }, ", by=\"most_frequent\", indicator=true",
      way: Imputing(.mostFrequent, hasIndicator: true))
    let parts = names(.date) { $0.missing > 0 }.flatMap(Decisions.parts)
    add("impute", parts, ", by=\"median\"", way: Imputing(.median))
  }

  private static func parts(of date: String) -> [String] {
    dateParts.map { "\(date) \($0.rawValue)" }
  }

  private mutating func scale() {
    let dates = names(.date)
    add("standardize", names(.number) + dates.flatMap(Decisions.parts), way: Standardizing())
    for place in columns.indices where columns[place].kind == .date {
      columns[place].preparation += " >> standardize()"
    }
  }

  private mutating func encode() {
    let limit = wishes.categories
    let many = "more than \(limit) different texts"
    add("one_hot_encode", names(.category) { $0.reason != many }, way: OneHotEncoding())
    add(
      "one_hot_encode", names(.category) { $0.reason == many }, ", limit=\(limit)",
      way: OneHotEncoding(limit: limit))
  }

  private mutating func countWords() {
    add("tf_idf", names(.text), ", limit=\(wishes.words)", way: TextCounting(limit: wishes.words))
  }
}

extension Decisions {
  /// Looks at a column.
  private static func decide(_ column: DataTable.Column, _ wishes: Wishes) -> Decision {
    let summary = ColumnSummary(column.values)
    let (kind, reason) = kind(of: column, summary, wishes)
    return Decision(
      column: column.name, kind: kind, reason: reason, missing: summary.missing, preparation: "")
  }

  private static func kind(
    of column: DataTable.Column, _ summary: ColumnSummary, _ wishes: Wishes
  ) -> (Kind, String) {
    if summary.count == 0 { return (.leftOut, "no value stands in it") }
    if summary.distinct == 1, summary.missing == 0 { return (.leftOut, "all values are equal") }
    switch column.values {
    case .truths: return (.flag, "truths")
    case .integers, .numbers:
      let isFlag = column.values.doubles?.allSatisfy { $0.isNaN || $0 == 0 || $0 == 1 } ?? false
      return isFlag ? (.flag, "only 0 and 1") : (.number, "numbers")
    case .texts(let cells): return kind(ofTexts: cells, summary, wishes)
    }
  }

  private static func kind(
    ofTexts cells: Cells<String>, _ summary: ColumnSummary, _ wishes: Wishes
  ) -> (Kind, String) {
    if DateParting(dateParts).suits(.texts(cells)) { return (.date, "dates") }
    let present = cells.values.compactMap(\.self)
    let words = present.reduce(0) { $0 + $1.split(separator: " ").count }
    let isWordy = words >= 3 * present.count
    let isVaried = summary.distinct > wishes.categories
    if isVaried, isWordy { return (.text, "sentences") }
    if present.count > 20, Double(summary.distinct) > 0.9 * Double(present.count) {
      return (.leftOut, "nearly every row has a text of its own")
    }
    if isVaried { return (.category, "more than \(wishes.categories) different texts") }
    return (.category, "\(summary.distinct) different texts")
  }
}

extension String {
  /// The text as Lepton writes it, in quotes.
  var literal: String {
    let escaped = unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\t": "\\t"
      case _ where scalar.value < 32:
        "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
