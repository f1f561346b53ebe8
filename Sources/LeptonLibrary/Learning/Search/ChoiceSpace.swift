import LeptonRuntime
import LeptonTensor

/// What may be chosen: for each name the values, or what draws one.
struct ChoiceSpace {
  private let names: [String]
  private let fields: [Field]

  private enum Field {
    case values([Value])
    case drawn(Callee)
  }

  /// How many combinations are tried at most.
  private static let limit = 100_000

  /// Takes a record of lists, or of functions that draw.
  ///
  /// - Throws: `value/empty` for a field without a value.
  init(_ choices: Record) throws {
    names = choices.names
    fields = try zip(choices.names, choices.values).map { name, value in
      if value.callable != nil { return .drawn(try Callee.bridging(value)) }
      let values = try Elements.bridging(value).list
      guard !values.isEmpty else {
        throw LanguageError("value/empty", "there is no choice for `\(name)`")
      }
      return .values(values)
    }
    guard !names.isEmpty else { throw LanguageError("value/empty", "there is nothing to choose") }
  }

  /// How many combinations there are; nothing if some are drawn.
  private var count: Int? {
    var count = 1
    for case .values(let values) in fields {
      count = min(
        ChoiceSpace.limit + 1, count.multipliedReportingOverflow(by: values.count).partialValue)
    }
    return fields.contains { if case .drawn = $0 { true } else { false } } ? nil : count
  }

  /// All combinations, the last name changing fastest.
  ///
  /// - Throws: `value/range` if there are too many, or if a value is to be drawn.
  func grid() throws -> [Record] {
    guard let count else {
      throw LanguageError(
        "value/range", "a grid needs lists of values, and a function draws",
        help: ["method=\"random\" draws"])
    }
    guard count <= ChoiceSpace.limit else {
      throw LanguageError(
        "value/range", "there are more than \(ChoiceSpace.limit) combinations to try",
        help: ["method=\"random\" tries some of them"])
    }
    return (0..<count).map(combination)
  }

  private func combination(_ number: Int) -> Record {
    var (rest, picked) = (number, [Value]())
    for case .values(let values) in fields.reversed() {
      picked.append(values[rest % values.count])
      rest /= values.count
    }
    return zip(names, picked.reversed()).reduce(into: Record()) { $0[$1.0] = $1.1 }
  }

  /// So many combinations drawn by chance, none twice where all are lists.
  func drawn(_ trials: Int, key: RandomKey, in context: Context) throws -> [Record] {
    guard trials >= 1, trials <= ChoiceSpace.limit else {
      throw LanguageError("value/range", "a search makes 1 trial or more, not \(trials)")
    }
    if let count, count <= ChoiceSpace.limit {
      return try key.permutation(count).elements(as: Int.self).prefix(trials).map(combination)
    }
    return try (0..<trials).map { trial in
      try zip(names, fields).reduce(into: Record()) { record, field in
        let own = key.folded(UInt64(trial)).folded(field.0)
        switch field.1 {
        case .values(let values):
          record[field.0] = values[try own.integers([], from: 0, to: values.count).integerItem()]
        case .drawn(let draw):
          record[field.0] = try context.withChance(own) { try draw(in: context) }
        }
      }
    }
  }
}
