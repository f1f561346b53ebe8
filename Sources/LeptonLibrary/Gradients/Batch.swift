import LeptonRuntime
import LeptonTensor

/// The arguments of a mapped function, taken apart: tensors whose first axis counts examples.
struct Batch {
  /// The tensors that are mapped, each with its examples along the first axis.
  private(set) var tensors: [Tensor] = []
  /// The number of examples.
  private(set) var count = 0
  private let whole: Arguments
  private let isMapped: (positional: [Bool], named: [Bool])

  /// Takes arguments apart.
  ///
  /// - Throws: `LanguageError` with code `shape/batch` if no tensor is mapped, or if the numbers of
  ///   examples differ.
  init(_ arguments: Arguments, _ axes: MapAxes) throws {
    let places = arguments.positional.count
    let positional = try arguments.positional.indices.map { try axes.axis(of: $0, among: places) }
    let named = try arguments.named.map { _ in try axes.axis(of: nil, among: places) }
    isMapped = (positional.map { $0 != nil }, named.map { $0 != nil })
    var whole = arguments
    var tensors: [Tensor] = []
    func take(_ value: Value, _ axis: Int?) throws -> Value {
      guard let axis else { return value }
      return try value.asBatch().replacingTensors { tensor in
        let place = try tensor.shape.axis(axis)
        var order = Array(0..<tensor.shape.rank)
        order.insert(order.remove(at: place), at: 0)
        tensors.append(try tensor.transposed(axes: order))
        return .tensor(tensors[tensors.count - 1])
      }
    }
    for (place, axis) in positional.enumerated() {
      whole.positional[place] = try take(arguments.positional[place], axis)
    }
    for (place, axis) in named.enumerated() {
      whole.named[place].value = try take(arguments.named[place].value, axis)
    }
    self.whole = whole
    self.tensors = tensors
    let sizes = tensors.map { $0.shape[0] }
    guard let count = sizes.first, sizes.allSatisfy({ $0 == count }) else {
      throw LanguageError(
        "shape/batch",
        sizes.isEmpty
          ? "there is no tensor among the arguments to map over"
          : "the mapped axes have different sizes: \(sizes)")
    }
    self.count = count
  }

  /// The arguments for examples, one for each tensor.
  func arguments(_ examples: [Tensor]) throws -> Arguments {
    var (result, rest) = (whole, examples[...])
    func put(_ value: Value) throws -> Value {
      try value.replacingTensors { .tensor(rest.popFirst() ?? $0) }
    }
    for place in result.positional.indices where isMapped.positional[place] {
      result.positional[place] = try put(result.positional[place])
    }
    for place in result.named.indices where isMapped.named[place] {
      result.named[place].value = try put(result.named[place].value)
    }
    return result
  }
}

extension Value {
  /// A list of numbers as a tensor; of other lists the elements.
  fileprivate func asBatch() throws -> Value {
    switch self {
    case .list(let elements) where !elements.contains(where: \.holdsTensor):
      return try asTensor().map(Value.tensor) ?? self
    default: return self
    }
  }

  private var holdsTensor: Bool {
    switch self {
    case .tensor: true
    case .list(let elements): elements.contains(where: \.holdsTensor)
    default: false
    }
  }

  /// The results for single examples as one: tensors and numbers stacked, lists and records by their
  /// parts, and all else as a list.
  static func joined(_ results: [Value]) throws -> Value {
    guard let first = results.first else { return .list([]) }
    switch first {
    case .tensor, .int, .float, .bool:
      let tensors = try results.compactMap { try $0.asTensor() }
      guard tensors.count == results.count else { return .list(results) }
      if case .tensor = first { return .tensor(try Tensor.stacked(tensors)) }
      return try Value.list(results).asTensor().map(Value.tensor) ?? .list(results)
    case .list(let parts):
      let lists = results.compactMap { if case .list(let list) = $0 { list } else { nil } }
      guard lists.count == results.count, lists.allSatisfy({ $0.count == parts.count }) else {
        return .list(results)
      }
      return .list(try parts.indices.map { place in try joined(lists.map { $0[place] }) })
    case .record(let record):
      let records = results.compactMap { if case .record(let own) = $0 { own } else { nil } }
      guard records.count == results.count, records.allSatisfy({ $0.names == record.names })
      else { return .list(results) }
      return .record(
        try record.names.reduce(into: Record()) { all, name in
          all[name] = try joined(records.compactMap { $0[name] })
        })
    default: return .list(results)
    }
  }
}
