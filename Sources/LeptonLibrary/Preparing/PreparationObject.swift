import LeptonData
import LeptonRuntime
import LeptonSession
import LeptonTensor

/// Steps that have learned from data: a function that prepares other data in the same way.
final class PreparationObject: Object, Callable, Bridged {
  let preparation: FittedPreparation

  init(_ preparation: FittedPreparation) { self.preparation = preparation }

  static var typeName: String { "preparation" }
  var name: String { "preparation" }
  /// The steps as they were decided on.
  var source: String { preparation.source }
  var fieldNames: [String] { ["columns", "learned"] }

  func field(_ name: String) throws -> Value? {
    switch name {
    case "columns": preparation.inputs.value
    case "learned": try learned.value
    default: nil
    }
  }

  /// Prepares a table, the rows of a tensor, or a row given as a record.
  func call(_ arguments: Arguments, in context: Context) throws -> Value {
    guard let given = arguments.positional.first, arguments.positional.count == 1 else {
      throw LanguageError("call/arguments", "a preparation is called with one table or tensor")
    }
    let data = try RawData(given)
    return try data.result(of: preparation.applied(to: data.table(for: preparation)), preparation)
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
      var lines: [(step: String, column: String, learned: String)] = []
      for stage in preparation.stages {
        guard case .step(let step) = stage else { continue }
        let word = String(step.step.source.prefix { $0 != "(" })
        lines += zip(step.columns, step.learned).map { (word, $0, Self.text(of: $1)) }
      }
      return TableObject(
        try DataTable([
          .init("step", .texts(Cells(lines.map(\.step)))),
          .init("column", .texts(Cells(lines.map(\.column)))),
          .init("learned", .texts(Cells(lines.map(\.learned)))),
        ]))
    }
  }

  private static func text(of learned: Learned) -> String {
    let numbers = learned.texts.isEmpty ? learned.numbers : []
    let pieces =
      learned.texts + numbers.map { (try? TextFormat(".6g").apply(to: .float($0))) ?? "" }
    let rest = pieces.count - shown
    return pieces.prefix(shown).joined(separator: ", ") + (rest > 0 ? ", … \(rest) more" : "")
  }
}
