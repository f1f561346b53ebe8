import LeptonData
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
    case "inputs": try inputs
    case "targets": try dataset.targetParts.value(of: dataset.targets())
    case "classes": dataset.isClassified ? try dataset.classNames().value : .nothing
    case "features": dataset.features.value
    case "name": .string(dataset.name)
    case "weights": try dataset.weights().value
    default: nil
    }
  }

  /// The inputs: a table where they are yet to be prepared.
  private var inputs: Value {
    get throws {
      guard dataset.needsPreparation else {
        return try dataset.inputParts.value(of: dataset.inputs())
      }
      if let several = try dataset.severalInputs() { return .record(try several.record()) }
      return TableObject(try dataset.rawTable().table).value
    }
  }

  /// An example: its input and its target.
  func element(at position: Int) throws -> Value? {
    guard position >= 0, position < dataset.count else { return nil }
    if dataset.needsPreparation {
      let example = try dataset.subset([position], source: "")
      let row =
        try example.severalInputs().map { .record(try $0.example(at: 0)) }
        ?? TableObject(example.rawTable().table).element(at: 0)
      return try .record(
        Record([
          "input": row ?? .nothing,
          "target": dataset.targetParts.value(of: example.targets()) { try $0.element(at: 0) },
        ]))
    }
    let example = try dataset.examples(at: [position])
    return try .record(
      Record([
        "input": dataset.inputParts.value(of: example[0]) { try $0.element(at: 0) },
        "target": dataset.targetParts.value(of: example[1]) { try $0.element(at: 0) },
      ]))
  }

  /// The examples that an index picks, as a data set: `data[0:100]`, `data[places]`, `data[mask]`.
  func part(at subscripts: [Subscript]) throws -> Value? {
    guard subscripts.count == 1, try subscripts[0].single == nil else { return nil }
    let places = try subscripts[0].positions(among: dataset.count)
    let source = "\(dataset.source)[\(DatasetObject.source(of: places))]"
    return try dataset.subset(places, source: source).value
  }

  /// Places as an index: a slice where they are neighbours, else a list, which is shortened where it is long.
  private static func source(of places: [Int]) -> String {
    if let first = places.first, places == Array(first..<first + places.count) {
      return "\(first):\(first + places.count)"
    }
    let shown = places.prefix(12).map { "\($0)" } + (places.count > 12 ? ["…"] : [])
    return "[\(shown.joined(separator: ", "))]"
  }

  func outputs(in context: Context) throws -> [Output]? {
    var outputs: [Output] = [.table(try DatasetObject.table([(nil, dataset)]))]
    if let preview = try preview { outputs.append(preview) }
    return outputs
  }

  /// How many rows, and how many pictures, a preview shows.
  private static let previewed = (rows: 5, pictures: 8)

  /// The first rows where their columns have names, the first pictures where examples look like some.
  private var preview: Output? {
    get throws {
      guard dataset.count > 0, dataset.inputParts == nil, !(dataset.raw is RawInputs) else {
        return nil
      }
      if dataset.raw is DataTable || dataset.hasNamedColumns { return .table(try firstRows) }
      let first = try dataset.take(Self.previewed.pictures)
      guard try first.inputs().areSmallPictures else { return nil }
      return try Library.images(first, columns: Self.previewed.pictures).output
    }
  }

  private var firstRows: Table {
    get throws {
      let first = try dataset.take(Self.previewed.rows)
      var rows = TableObject(try first.rawTable().table)
      if first.targetParts == nil, first.targetShape.isEmpty, !rows.data.names.contains("target") {
        rows = try rows.setting(column: "target", to: try targetNames(of: first))
      }
      return rows.output
    }
  }

  /// The target of each example: a number, or the name of a class.
  private func targetNames(of first: Dataset) throws -> Value {
    guard first.isClassified, let classes = first.classes else {
      return .tensor(try first.targets())
    }
    return try first.targets().elements(as: Int.self).map { classes[$0] }.value
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
          .text(input(of: dataset)),
          .text(try target(of: dataset)),
        ]
      })
  }

  private static func input(of dataset: Dataset) -> String {
    if dataset.needsPreparation {
      return (dataset.raw as? RawInputs)?.description
        ?? "\(dataset.features?.count ?? 0) columns"
    }
    return dataset.inputParts?.description ?? "\(dataset.exampleShape)"
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
    case .record, .list, .tensor, .object(is TableObject):
      var error = mismatch(value)
      error.help = ["dataset(inputs, targets) makes one of rows of inputs and of targets"]
      throw error
    default: throw mismatch(value)
    }
  }

  /// The data set as an object.
  public var value: Value { .object(DatasetObject(self)) }
}

extension Dataset {
  /// Whether an example is a row of columns that have names.
  fileprivate var hasNamedColumns: Bool {
    exampleShape.count == 1 && features?.count == exampleShape[0]
  }
}

extension Tensor {
  /// Whether it is a batch of pictures of bytes, or of fractions from 0 to 1, that can be seen and are not large.
  fileprivate var areSmallPictures: Bool {
    get throws {
      let sizes = shape.sizes
      guard sizes.count == 3 || (sizes.count == 4 && [1, 3].contains(sizes[3])),
        sizes[1...2].allSatisfy({ 8 <= $0 && $0 <= 256 })
      else { return false }
      return try !elementType.isFloat
        || elements(as: Float.self).allSatisfy { 0 <= $0 && $0 <= 1 }
    }
  }
}
