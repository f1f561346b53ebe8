import LeptonData
import LeptonLearning
import LeptonRuntime
import LeptonTensor

/// What is to be learned: numbers, or the names of classes.
enum Targets: Bridged {
  case numbers(Tensor)
  case classes([String])
  case several(Record, Packing)

  static var typeDescription: String {
    "a tensor, a list of names, the name of a column, or a record of tensors"
  }

  static func bridging(_ value: Value) throws -> Targets {
    if case .record(let record) = value { return .several(record, try Packing(record)) }
    if let names = try? [String].bridging(value), !names.isEmpty { return .classes(names) }
    guard let tensor = try value.asTensor() else { throw mismatch(value) }
    return .numbers(tensor)
  }

  var value: Value {
    switch self {
    case .numbers(let tensor): .tensor(tensor)
    case .classes(let names): names.value
    case .several(let record, _): .record(record)
    }
  }

  /// What stands in a row, where that is several tensors.
  var parts: Packing? { if case .several(_, let packing) = self { packing } else { nil } }

  /// The different names in order.
  var names: [String]? {
    guard case .classes(let names) = self else { return nil }
    return names.distinct
  }

  /// The numbers of the classes, or the numbers.
  func tensor(of classes: [String]?) throws -> Tensor {
    switch self {
    case .numbers(let tensor): return tensor
    case .several(let record, let packing): return try packing.packed(record)
    case .classes(let names):
      let numbers = Dictionary(zip((classes ?? []).map(TextKey.init), 0...)) { first, _ in first }
      let indices = try names.map { name in
        guard let number = numbers[TextKey(name)] else {
          throw LanguageError(
            "value/class", "\(name.quoted) is none of the classes",
            help: ["`classes` lists all of them"])
        }
        return number
      }
      return try Tensor(indices, shape: [indices.count])
    }
  }
}

/// Targets among the arguments of a word: values, the column of the inputs' table that holds them, or
/// an array in a file.
enum TargetsArgument: Bridged {
  case column(String)
  case file(ArrayFileObject)
  case values(Targets)

  static var typeDescription: String { Targets.typeDescription }

  static func bridging(_ value: Value) throws -> TargetsArgument {
    if case .string(let name) = value { return .column(name) }
    if case .object(let file as ArrayFileObject) = value { return .file(file) }
    return .values(try Targets.bridging(value))
  }

  var value: Value {
    switch self {
    case .column(let name): .string(name)
    case .file(let file): file.value
    case .values(let targets): targets.value
    }
  }

  /// The values, where they do not stand in a table.
  ///
  /// - Throws: `LanguageError` with code `type/argument` if they are a column, and there is no table.
  func values() throws -> Targets {
    switch self {
    case .values(let targets): return targets
    case .file(let file): return .numbers(try file.array.rows(0..<file.array.rowCount))
    case .column(let name):
      throw LanguageError(
        "type/argument", "the targets are column \(name.quoted), but the inputs are no table",
        help: ["give the targets themselves, or a table that has the column"])
    }
  }
}
