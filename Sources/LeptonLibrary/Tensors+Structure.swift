import LeptonRuntime
import LeptonTensor

extension Library {
  /// Words that move the elements of tensors without computing with them.
  static var structure: Family {
    Family(
      "The structure of tensors",
      [
        shape, reshape, transpose, squeeze, expand, broadcast, stack, whereWord,
      ])
  }

  private static var shape: Builtin {
    Builtin(
      "shape(x)", "The sizes of the axes, as a list.",
      details: "`x.shape` says the same of a tensor.",
      examples: ["shape([[1, 2, 3], [4, 5, 6]])": "[2, 3]", "shape(5)": "[]"]
    ) { (x: Tensor) in x.shape.sizes }
  }

  private static var reshape: Builtin {
    Builtin(
      "reshape(x, sizes...)", "The same elements, row by row, in another shape.",
      details:
        "One size may be -1 and is found: `x.reshape(-1, 28, 28)`, or `x.reshape([-1, 28, 28])`.",
      examples: [
        "reshape([1, 2, 3, 4], 2, 2)": "tensor([[1, 2], [3, 4]])",
        "reshape([[1, 2], [3, 4]], -1)": "tensor([1, 2, 3, 4])",
      ]
    ) { (x: Tensor, sizes: [Value]) in
      try x.reshaped(to: Sizes.collecting(sizes).list)
    }
  }

  private static var transpose: Builtin {
    Builtin(
      "transpose(x, axes = nothing)", "The axes in another order, reversed if none is given.",
      details: "`x.T` exchanges the last two axes only.",
      examples: [
        "transpose([[1, 2], [3, 4]])": "tensor([[1, 3], [2, 4]])",
        "transpose(zeros([2, 3, 4]), [2, 0, 1]).shape": "[4, 2, 3]",
      ]
    ) { (x: Tensor, axes: [Int]?) in try x.transposed(axes: axes) }
  }

  private static var squeeze: Builtin {
    Builtin(
      "squeeze(x, axis = nothing)",
      "The tensor without its axes of size 1, or without those named.",
      examples: [
        "squeeze(zeros([1, 3, 1])).shape": "[3]", "squeeze(zeros([1, 3, 1]), 0).shape": "[3, 1]",
      ]
    ) { (x: Tensor, axis: Axes?) in try x.squeezed(axes: axis?.list) }
  }

  private static var expand: Builtin {
    Builtin(
      "expand(x, axis)", "The tensor with a new axis of size 1.",
      details: "The new axis stands at place `axis` of the new shape; -1 puts it last.",
      examples: [
        "expand([1, 2], 0)": "tensor([[1, 2]])", "expand([1, 2], -1)": "tensor([[1], [2]])",
      ]
    ) { (x: Tensor, axis: Int) in try x.expanded(at: axis) }
  }

  private static var broadcast: Builtin {
    Builtin(
      "broadcast(x, shape)", "The elements repeated along new axes and axes of size 1.",
      examples: ["broadcast([1, 2], [2, 2])": "tensor([[1, 2], [1, 2]])"]
    ) { (x: Tensor, shape: Sizes) in try x.broadcast(to: shape.list) }
  }

  private static var stack: Builtin {
    Builtin(
      "stack(values..., axis = 0)", "Tensors of one shape side by side along a new axis.",
      details: "One list stands for its elements. `concat` joins along an axis that is there.",
      examples: [
        "stack([1, 2], [3, 4])": "tensor([[1, 2], [3, 4]])",
        "stack([1, 2], [3, 4], axis=1)": "tensor([[1, 3], [2, 4]])",
      ]
    ) { (values: [Value], axis: Int) -> Tensor in
      var parts = values
      if values.count == 1, case .list(let elements)? = values.first { parts = elements }
      return try Tensor.stacked(parts.map { try Tensor.bridging($0) }, axis: axis)
    }
  }

  private static var whereWord: Builtin {
    Builtin(
      "where(condition, a, b)", "`a` where a condition holds, `b` elsewhere.",
      details: "All three broadcast together. Both `a` and `b` are computed in any case.",
      examples: [
        "where([true, false], 1, 0)": "tensor([1, 0])",
        "x = tensor([-1.0, 2.0])\nwhere(x > 0, x, 0)": "tensor([0.0, 2.0])",
      ]
    ) { (condition: Tensor, a: Numeric, b: Numeric) -> Tensor in
      try Tensor.select(condition.cast(to: .bool), a.operand, b.operand)
    }
  }
}
