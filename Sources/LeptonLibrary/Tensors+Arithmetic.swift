import LeptonRuntime
import LeptonTensor

extension Library {
  /// Arithmetic of tensors that has no operator.
  static var tensorArithmetic: Family {
    Family("Arithmetic of tensors", [matmul, dot, outer, einsum, clip])
  }

  private static var matmul: Builtin {
    Builtin(
      "matmul(a, b)", "The matrix product, as `a @ b`.",
      details: """
        `[..., n, k]` times `[..., k, m]` gives `[..., n, m]`; the axes before the last two broadcast. A \
        tensor with one axis counts as a row on the left and as a column on the right.
        """,
      examples: ["matmul([[1, 2], [3, 4]], [1, 1])": "tensor([3, 7])"]
    ) { (a: Tensor, b: Tensor) in try a.matmul(b) }
  }

  private static var dot: Builtin {
    Builtin(
      "dot(a, b)", "The sum of the products of two rows of numbers.",
      details: "Of tensors with more axes it is the matrix product.",
      examples: [
        "dot([1, 2, 3], [4, 5, 6])": "32",
        "dot(tensor([1.0, 2.0]), tensor([3.0, 4.0]))": "tensor(11.0)",
      ]
    ) { (a: Reducible, b: Reducible) -> Value in
      let product = try a.tensor().matmul(b.tensor())
      if case (.numbers, .numbers) = (a, b) { return try product.scalars().first ?? .nothing }
      return .tensor(product)
    }
  }

  private static var outer: Builtin {
    Builtin(
      "outer(a, b)", "The products of each number of one row with each of another.",
      examples: ["outer([1, 2], [3, 4])": "tensor([[3, 4], [6, 8]])"]
    ) { (a: Tensor, b: Tensor) -> Tensor in
      try a.reshaped(to: [-1, 1]).multiplying(b.reshaped(to: [1, -1]))
    }
  }

  private static var einsum: Builtin {
    Builtin(
      "einsum(equation, tensors...)", "Sums of products of tensors whose axes have names.",
      details: """
        `"ij,jk->ik"` names the axes of each tensor and, behind `->`, those of the result; what the \
        result does not name is summed over. Without `->` the result has the names that stand once, in \
        alphabetical order. A name that stands twice in one tensor takes its diagonal; `...` stands for \
        axes without a name, which broadcast.
        """,
      examples: [
        "einsum(\"ij,jk->ik\", [[1, 2]], [[3], [4]])": "tensor([[11]])",
        "einsum(\"ii\", [[1, 2], [3, 4]])": "tensor(5)",
        "einsum(\"...i,...i->...\", [[1, 2], [3, 4]], [1, 1])": "tensor([3, 7])",
      ]
    ) { (equation: String, tensors: [Tensor]) in try Tensor.einsum(equation, tensors) }
  }

  private static var clip: Builtin {
    Builtin(
      "clip(x, low = nothing, high = nothing)",
      "The numbers, none below `low` and none above `high`.",
      details: "`nothing` leaves a side open.",
      examples: [
        "clip(12, 0, 10)": "10", "clip([-1.0, 0.5, 2.0], 0, 1)": "tensor([0.0, 0.5, 1.0])",
      ]
    ) { (x: Numeric, low: Numeric?, high: Numeric?) -> Value in
      if x.number != nil, low?.number != nil || low == nil, high?.number != nil || high == nil {
        return x.clipped(from: low, to: high).value
      }
      var result = try Tensor.bridging(x.value)
      if let low { result = try result.maximum(low.operand) }
      if let high { result = try result.minimum(high.operand) }
      return .tensor(result)
    }
  }
}

extension Numeric {
  /// The number, or the nearest limit.
  fileprivate func clipped(from low: Numeric?, to high: Numeric?) -> Numeric {
    var result = self
    if let low, let number = result.number, let limit = low.number, number < limit { result = low }
    if let high, let number = result.number, let limit = high.number, number > limit {
      result = high
    }
    return result
  }
}
