import LeptonData
import LeptonRuntime
import LeptonSession
import LeptonTensor

/// Steps that have learned from data: a function that prepares other data in the same way.
final class PreparationObject: Object, Callable, Bridged {
  let preparation: InputPreparation

  init(_ preparation: InputPreparation) { self.preparation = preparation }

  static var typeName: String { "preparation" }
  var name: String { "preparation" }
  /// The steps as they were decided on.
  var source: String { preparation.source }
  var fieldNames: [String] { ["columns", "learned"] }

  func field(_ name: String) throws -> Value? {
    switch name {
    case "columns": columns
    case "learned": try learned.value
    default: nil
    }
  }

  /// The columns that were learned from; of several inputs a record.
  private var columns: Value {
    switch preparation {
    case .one(let fitted): fitted.inputs.value
    case .several(let parts):
      .record(
        parts.reduce(into: Record()) { $0[$1.name] = $1.preparation?.inputs.value ?? .nothing })
    }
  }

  /// Prepares a table, the rows of a tensor, a row given as a record, or a record of several inputs.
  func call(_ arguments: Arguments, in context: Context) throws -> Value {
    guard let given = arguments.positional.first, arguments.positional.count == 1 else {
      throw LanguageError("call/arguments", "a preparation is called with one table or tensor")
    }
    return try preparation.applied(to: given)
  }

  func outputs(in context: Context) throws -> [Output]? {
    [.text(source), .table(try learned.output)]
  }

  func isSame(as other: any Object) -> Bool {
    self === other
      || (other as? PreparationObject).map {
        $0.preparation.text == preparation.text && $0.preparation.text != nil
      } ?? false
  }

  /// How many numbers or texts a line shows.
  private static let shown = 4

  /// A line for each column of each step.
  private var learned: TableObject {
    get throws {
      switch preparation {
      case .one(let fitted): return TableObject(try DataTable(Self.columns(Self.lines(of: fitted))))
      case .several(let parts):
        let lines = parts.map { ($0.name, $0.preparation.map(Self.lines) ?? []) }
        let names = lines.flatMap { name, own in own.map { _ in name } }
        return TableObject(
          try DataTable(
            [.init("input", .texts(Cells(names)))] + Self.columns(lines.flatMap(\.1))))
      }
    }
  }

  private typealias Line = (step: String, column: String, learned: String)

  private static func lines(of preparation: FittedPreparation) -> [Line] {
    preparation.stages.flatMap { stage -> [Line] in
      guard case .step(let step) = stage else { return [] }
      let word = String(step.step.source.prefix { $0 != "(" })
      return zip(step.columns, step.learned).map { (word, $0, text(of: $1)) }
    }
  }

  private static func columns(_ lines: [Line]) -> [DataTable.Column] {
    [
      .init("step", .texts(Cells(lines.map(\.step)))),
      .init("column", .texts(Cells(lines.map(\.column)))),
      .init("learned", .texts(Cells(lines.map(\.learned)))),
    ]
  }

  private static func text(of learned: Learned) -> String {
    let numbers = learned.texts.isEmpty ? learned.numbers : []
    let pieces =
      learned.texts + numbers.map { (try? TextFormat(".6g").apply(to: .float($0))) ?? "" }
    let rest = pieces.count - shown
    return pieces.prefix(shown).joined(separator: ", ") + (rest > 0 ? ", … \(rest) more" : "")
  }
}
