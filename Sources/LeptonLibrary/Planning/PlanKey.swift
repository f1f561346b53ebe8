import LeptonRuntime
import LeptonTensor

/// What a plan is made for: other arguments than of this key need a plan of their own.
///
/// Of tensors shapes and types count, of all else the values themselves; a function counts with its code
/// and what it captured, tensors among that by identity.
struct PlanKey: Hashable {
  /// A part of a key; lists and records are followed by their elements.
  enum Part: Hashable {
    case nothing
    case bool(Bool)
    case int(Int)
    case float(UInt64)
    case anyNumber
    case string([UInt8])
    case list(Int)
    case record([String])
    case name(String)
    case tensor([Int], ElementType)
    case identity(ObjectIdentifier)
  }

  private var parts: [Part] = []
  private var seen: Set<ObjectIdentifier> = []

  /// The key of the arguments of a call.
  init(_ arguments: Arguments) throws {
    parts.append(.list(arguments.positional.count))
    for value in arguments.positional { try add(value, asArgument: true) }
    for (name, value) in arguments.named {
      parts.append(.name(name))
      try add(value, asArgument: true)
    }
  }

  /// The key of a function: of its code and of what it captured.
  init(function: Value) throws { try add(function, asArgument: false) }

  /// The key with all numbers alike.
  var withoutNumbers: PlanKey {
    var key = self
    key.parts = parts.map { part in
      switch part {
      case .int, .float: .anyNumber
      default: part
      }
    }
    return key
  }

  private mutating func add(_ value: Value, asArgument: Bool, depth: Int = 0) throws {
    guard depth < ValueKey.depthLimit else { throw ValueKey.tooDeep }
    func within(_ values: [Value]) throws {
      for value in values { try add(value, asArgument: asArgument, depth: depth + 1) }
    }
    switch value {
    case .nothing: parts.append(.nothing)
    case .bool(let bool): parts.append(.bool(bool))
    case .int(let int): parts.append(.int(int))
    case .float(let float): parts.append(.float(float.bitPattern))
    case .string(let string): parts.append(.string(Array(string.utf8)))
    case .list(let elements):
      parts.append(.list(elements.count))
      try within(elements)
    case .record(let record):
      parts.append(.record(record.names))
      try within(record.values)
    case .tensor(let tensor):
      parts.append(
        asArgument
          ? .tensor(tensor.shape.sizes, tensor.elementType) : .identity(tensor.identity))
    case .function(let closure as Closure):
      guard seen.insert(ObjectIdentifier(closure)).inserted else { return }
      parts += closure.code.map(Part.identity)
      for value in closure.dependencies.captured {
        try add(value, asArgument: false, depth: depth + 1)
      }
    case .function(let composition as Composition):
      parts.append(.list(composition.stages.count))
      for stage in composition.stages { try add(stage, asArgument: false, depth: depth + 1) }
    case .function(let function): parts.append(.identity(ObjectIdentifier(function)))
    case .object(let object): parts.append(.identity(ObjectIdentifier(object)))
    }
  }

  static func == (one: PlanKey, other: PlanKey) -> Bool { one.parts == other.parts }

  func hash(into hasher: inout Hasher) { hasher.combine(parts) }
}
