import LeptonLearning
import LeptonRuntime
import LeptonSession
import LeptonTensor

/// A data set as a value of the language.
final class DatasetObject: Object {
  let dataset: Dataset

  init(_ dataset: Dataset) { self.dataset = dataset }

  static var typeName: String { "dataset" }
  var source: String { dataset.source }
  var fieldNames: [String] { ["inputs", "targets", "classes", "features", "name", "weights"] }
  var count: Int? { dataset.count }

  func field(_ name: String) throws -> Value? {
    switch name {
    case "inputs": try dataset.inputParts.value(of: dataset.inputs())
    case "targets": try dataset.targetParts.value(of: dataset.targets())
    case "classes": dataset.isClassified ? try dataset.classNames().value : .nothing
    case "features": dataset.features.value
    case "name": .string(dataset.name)
    case "weights": try dataset.weights().value
    default: nil
    }
  }

  /// An example: its input and its target.
  func element(at position: Int) throws -> Value? {
    guard position >= 0, position < dataset.count else { return nil }
    let example = try dataset.examples(at: [position])
    return try .record(
      Record([
        "input": dataset.inputParts.value(of: example[0]) { try $0.element(at: 0) },
        "target": dataset.targetParts.value(of: example[1]) { try $0.element(at: 0) },
      ]))
  }

  func outputs(in context: Context) throws -> [Output]? {
    [.table(try DatasetObject.table([(nil, dataset)]))]
  }

  /// A line for each part.
  static func table(_ parts: [(name: String?, dataset: Dataset)]) throws -> Table {
    let isNamed = parts.contains { $0.name != nil }
    let columns = ["data", "examples", "input", "target"]
    return Table(
      columns: (isNamed ? ["part"] : []).map { .init($0) }
        + columns.map { .init($0, $0 == "examples" ? .grouped : .general) },
      rows: try parts.map { name, dataset in
        (isNamed ? [.text(name ?? "")] : []) + [
          .text(dataset.name), .int(dataset.count),
          .text(dataset.inputParts?.description ?? "\(dataset.exampleShape)"),
          .text(try target(of: dataset)),
        ]
      })
  }

  private static func target(of dataset: Dataset) throws -> String {
    if let parts = dataset.targetParts { return parts.description }
    let type = dataset.targetType.rawValue
    guard dataset.isClassified else {
      return dataset.targetShape.isEmpty ? type : "\(type) \(dataset.targetShape)"
    }
    return "\(try dataset.classes?.count ?? dataset.labelBound()) classes"
  }
}

/// A data set that comes in parts, `digits.train` and `digits.test`; each is made when it is first asked for.
final class DatasetParts: Object, Bridged {
  let source: String
  private let makers: [(name: String, make: () throws -> Dataset)]
  private var made: [String: Dataset] = [:]

  init(_ makers: [(name: String, make: () throws -> Dataset)], source: String) {
    self.makers = makers
    self.source = source
  }

  private func part(_ name: String, _ make: () throws -> Dataset) throws -> Dataset {
    if let known = made[name] { return known }
    let dataset = try make()
    made[name] = dataset
    return dataset
  }

  static var typeName: String { "parts" }
  var fieldNames: [String] { makers.map(\.name) }

  func field(_ name: String) throws -> Value? {
    try makers.first { $0.name == name }.map { try part($0.name, $0.make).value }
  }

  func outputs(in context: Context) throws -> [Output]? {
    [.table(try DatasetObject.table(makers.map { ($0.name, try part($0.name, $0.make)) }))]
  }
}

extension Dataset: Bridged {
  /// A data set.
  public static var typeDescription: String { "a dataset" }

  /// Takes a data set; parts must be named.
  public static func bridging(_ value: Value) throws -> Dataset {
    switch value {
    case .object(let object as DatasetObject): return object.dataset
    case .object(let parts as DatasetParts):
      throw LanguageError(
        "type/argument", "expected a dataset, and this is one in parts",
        help: ["name the part: .\(parts.fieldNames.joined(separator: " or ."))"])
    default: throw mismatch(value)
    }
  }

  /// The data set as an object.
  public var value: Value { .object(DatasetObject(self)) }
}
