import LeptonTensor

/// How several tensors of an example stand in one row of numbers, so that all else handles one tensor.
public struct Packing: Sendable, Hashable {
  /// One of the tensors.
  public struct Part: Sendable, Hashable {
    /// What it is called.
    public let name: String
    /// The shape for one example.
    public let shape: [Int]
    /// The type of its elements.
    public let type: ElementType
    /// Where its elements stand in the row.
    public let range: Range<Int>

    /// Whether it holds classes.
    public var isClassified: Bool { !type.isFloat }
  }

  /// The tensors, in order.
  public let parts: [Part]

  /// Lays tensors out one behind the other, by the shapes of their examples.
  ///
  /// - Throws: `TensorError` if a row would be longer than a tensor can be.
  public init(_ tensors: [(name: String, shape: [Int], type: ElementType)]) throws {
    var parts: [Part] = []
    for tensor in tensors {
      let start = parts.last?.range.upperBound ?? 0
      let count = try Shape(tensor.shape).count
      _ = try Shape([start]).count
      parts.append(
        Part(
          name: tensor.name, shape: tensor.shape, type: tensor.type,
          range: start..<start + count))
    }
    self.parts = parts
  }

  /// The length of a row.
  public var width: Int { parts.last?.range.upperBound ?? 0 }

  /// Puts tensors, each with its examples along the first axis, into rows of `float32`.
  ///
  /// - Throws: `TensorError` with code `data/rows` if they are not equally many, `value/range` if a whole number
  ///   has no place in `float32`.
  public func packed(_ tensors: [Tensor]) throws -> Tensor {
    let count = tensors.first?.shape.sizes.first ?? 0
    let rows = try zip(tensors, parts).map { tensor, part in
      guard tensor.shape.sizes == [count] + part.shape else {
        throw TensorError(
          "data/rows",
          "`\(part.name)` has shape \(tensor.shape), which does not go with \(count) examples of shape \(part.shape)",
          help: ["the first axis of all counts the examples"])
      }
      try Packing.check(tensor, part.name)
      return try tensor.cast(to: .float32).reshaped(to: [count, part.range.count])
    }
    return try Tensor.concatenated(rows, axis: 1)
  }

  /// Takes rows apart again; they may be traced.
  public func unpacked(_ rows: Tensor) throws -> [Tensor] {
    try parts.map { part in
      let own = try rows.sliced([
        Slice(), Slice(from: part.range.lowerBound, to: part.range.upperBound),
      ])
      .reshaped(to: [rows.shape[0]] + part.shape)
      return part.type == .float32 ? own : try own.cast(to: part.type)
    }
  }

  /// Refuses whole numbers that `float32` would round.
  private static func check(_ tensor: Tensor, _ name: String) throws {
    guard !tensor.elementType.isFloat, !tensor.isTraced, tensor.shape.count > 0 else { return }
    let largest = try max(tensor.max().integerItem(), -tensor.min().integerItem())
    guard largest <= 1 << 24 else {
      throw TensorError(
        "value/range", "`\(name)` holds \(largest), which is too large beside other inputs",
        help: ["whole numbers up to \(1 << 24) are kept exactly"])
    }
  }
}
