import LeptonFiles
import LeptonLearning
import LeptonRuntime
import LeptonTensor

/// A short text for everything that values hold and depend on: another text, another value.
///
/// Functions count with their text and what they captured, models with their parameters, data sets
/// with their examples.
struct Fingerprint {
  private let digest = Digest()
  private var seen: Set<ObjectIdentifier> = []

  /// The fingerprint of values.
  static func of(_ values: [Value]) throws -> String {
    var print = Fingerprint()
    for value in values { try print.add(value) }
    return print.digest.finish()
  }

  /// The fingerprint of a data set: of its examples, in order.
  static func of(_ data: Dataset) throws -> String {
    var print = Fingerprint()
    try print.add(data)
    return print.digest.finish()
  }

  /// The fingerprint of named tensors and texts, in whatever order a file holds them.
  static func of(
    _ tensors: [(name: String, tensor: Tensor)], _ texts: [String: String]
  ) throws -> String {
    var print = Fingerprint()
    for (name, tensor) in tensors.sorted(by: { $0.name < $1.name }) {
      print.digest.add(name)
      try print.add(tensor)
    }
    for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
      print.digest.add(name)
      print.digest.add(text)
    }
    return print.digest.finish()
  }

  private mutating func add(_ value: Value) throws {
    switch value {
    case .tensor(let tensor): try add(tensor)
    case .list(let elements):
      digest.add("list \(elements.count)")
      for element in elements { try add(element) }
    case .record(let record):
      digest.add("record \(record.names)")
      for value in record.values { try add(value) }
    case .function(let closure as Closure): try add(closure)
    case .function(let composition as Composition):
      for stage in composition.stages { try add(stage) }
    case .object(let object as ModelObject):
      try add(object.architecture)
      for (path, tensor) in object.model.tensors {
        digest.add(path)
        try add(tensor)
      }
    case .object(let object as PreparationObject):
      digest.add(object.preparation.text ?? object.source)
    case .object(let object as DatasetObject): try add(object.dataset)
    default: digest.add(value.source)
    }
  }

  private mutating func add(_ closure: Closure) throws {
    let (texts, captured) = closure.dependencies
    for text in texts { digest.add(text) }
    guard seen.insert(ObjectIdentifier(closure)).inserted else { return }
    for value in captured { try add(value) }
  }

  private mutating func add(_ data: Dataset) throws {
    try data.forEachPart { part in
      if part.needsPreparation, let several = try part.severalInputs() {
        try add(.record(several.record()))
      } else if part.needsPreparation {
        digest.add(TableObject(try part.rawTable().table).source)
      } else {
        try add(part.inputs())
      }
      try add(part.targets())
      if let weights = try part.weights() { try add(weights) }
    }
  }

  private mutating func add(_ tensor: Tensor) throws {
    digest.add("\(tensor.elementType.rawValue) \(tensor.shape)")
    try tensor.withUnsafeBytes { digest.add($0) }
  }
}
