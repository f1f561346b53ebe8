import LeptonRuntime
import LeptonTensor

// What derivatives are taken by, and of: numbers, tensors of fractions, lists and records of these, and
// models, whose parameters count. Everything else stays as it is.

/// A number or a tensor of fractions somewhere in a value.
struct Leaf {
  /// The number or the tensor; a number is one of float64, without axes.
  let tensor: Tensor
  /// Whether it is a number of the language.
  let isNumber: Bool
  /// How a program names it below the value: `.b[0]`, empty for the value itself.
  let path: String

  /// A result for this leaf: a number for a number, as soon as its value is known.
  func value(_ result: Tensor) throws -> Value {
    guard isNumber, result.shape.rank == 0, !result.isTraced else { return .tensor(result) }
    return .float(try result.item())
  }
}

extension Value {
  /// The value with other values in the place of its leaves; what is no leaf stays.
  func replacingLeaves(with body: @escaping (Leaf) throws -> Value) throws -> Value {
    try LeafWalk(keepsOthers: true, body: body).visit(self, "", 0)
  }

  /// The value with other values in the place of all tensors in it, of whatever type, and of what
  /// is neither a tensor nor a list nor a record.
  func replacingTensors(
    others: (Value) throws -> Value = { $0 }, with body: (Tensor) throws -> Value
  ) throws -> Value {
    try replacingTensors(depth: 0, others, body)
  }

  private func replacingTensors(
    depth: Int, _ others: (Value) throws -> Value, _ body: (Tensor) throws -> Value
  ) throws -> Value {
    guard depth < ValueKey.depthLimit else { throw ValueKey.tooDeep }
    switch self {
    case .tensor(let tensor): return try body(tensor)
    case .list(let elements):
      return .list(try elements.map { try $0.replacingTensors(depth: depth + 1, others, body) })
    case .record(var record):
      for (name, value) in zip(record.names, record.values) {
        record[name] = try value.replacingTensors(depth: depth + 1, others, body)
      }
      return .record(record)
    default: return try others(self)
    }
  }

  /// The structure of the value with results in the place of its leaves: what is no leaf becomes
  /// `nothing`, and a model a record of its parameters.
  func structure(of body: @escaping (Leaf) throws -> Value) throws -> Value {
    try LeafWalk(keepsOthers: false, body: body).visit(self, "", 0)
  }

  /// The leaves, in order.
  func leaves() throws -> [Leaf] {
    var leaves: [Leaf] = []
    _ = try structure {
      leaves.append($0)
      return .nothing
    }
    return leaves
  }
}

/// The walk through a value.
private struct LeafWalk {
  let keepsOthers: Bool
  let body: (Leaf) throws -> Value

  func visit(_ value: Value, _ path: String, _ depth: Int) throws -> Value {
    guard depth < ValueKey.depthLimit else { throw ValueKey.tooDeep }
    switch value {
    case .int(let int): return try number(Double(int), path)
    case .float(let float): return try number(float, path)
    case .tensor(let tensor) where tensor.elementType.isFloat:
      return try body(Leaf(tensor: tensor, isNumber: false, path: path))
    case .list(let elements):
      return .list(
        try elements.enumerated().map { try visit($1, "\(path)[\($0)]", depth + 1) })
    case .record(let record):
      return .record(try visit(record) { try visit($1, "\(path).\($0)", depth + 1) })
    case .object(let object as ModelObject):
      return try visit(object, path)
    default: return keepsOthers ? value : .nothing
    }
  }

  private func number(_ number: Double, _ path: String) throws -> Value {
    try body(Leaf(tensor: Tensor(scalar: number, .float64), isNumber: true, path: path))
  }

  private func visit(
    _ record: Record, _ body: (String, Value) throws -> Value
  ) rethrows -> Record {
    var result = record
    for (name, value) in zip(record.names, record.values) { result[name] = try body(name, value) }
    return result
  }

  private func visit(_ object: ModelObject, _ path: String) throws -> Value {
    let parameters = try visit(object.parameters) { name, value in
      guard case .tensor(let tensor) = value else { return value }
      return try body(Leaf(tensor: tensor, isNumber: false, path: "\(path)[\"\(name)\"]"))
    }
    return keepsOthers ? .object(try object.with(parameters)) : .record(parameters)
  }
}
