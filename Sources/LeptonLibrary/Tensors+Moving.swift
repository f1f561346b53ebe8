import LeptonRuntime
import LeptonTensor

extension Library {
  /// Words that lay the elements of tensors out anew.
  static var moving: Family {
    Family(
      "Laying tensors out", [pad, flip, roll, tile, diag, matrixTrace, tril, triu, meshgrid])
  }

  private static var pad: Builtin {
    Builtin(
      "pad(x, widths, mode = \"constant\", value = 0)", "The tensor with a margin around it.",
      details: """
        `widths` is one width for all sides, `[before, after]` for all axes, or a list of such pairs, \
        one for each axis. The margin holds `value`; with `mode=\"edge\"` the element at the edge, with \
        `\"reflect\"` and `\"symmetric\"` a mirror image without and with it, with `\"wrap\"` what stands \
        at the other end.
        """,
      examples: [
        "pad([1, 2], 1)": "tensor([0, 1, 2, 0])",
        "pad([1, 2, 3], [2, 1], \"reflect\")": "tensor([3, 2, 1, 2, 3, 2])",
        "pad([[1, 2]], [[0, 1], [0, 0]], value=9)": "tensor([[1, 2], [9, 9]])",
      ]
    ) { (x: Tensor, widths: Places, mode: String, value: Double) -> Tensor in
      let pairs = try widths.tensor.broadcast(to: [x.shape.rank, 2]).elements(as: Int.self)
      let before = x.shape.sizes.indices.map { pairs[2 * $0] }
      let after = x.shape.sizes.indices.map { pairs[2 * $0 + 1] }
      if mode == "constant" { return try x.padded(before: before, after: after, value: value) }
      let modes = ["constant"] + Margin.allCases.map(\.rawValue)
      let margin = Margin.allCases[try choice(mode, of: modes, "mode") - 1]
      return try x.padded(before: before, after: after, by: margin)
    }
  }

  private static var flip: Builtin {
    Builtin(
      "flip(x, axis = nothing)", "The elements backwards along an axis, several, or all of them.",
      examples: [
        "flip([[1, 2], [3, 4]])": "tensor([[4, 3], [2, 1]])",
        "flip([[1, 2], [3, 4]], axis=1)": "tensor([[2, 1], [4, 3]])",
      ]
    ) { (x: Tensor, axis: Axes?) in try x.flipped(axes: axis?.list) }
  }

  private static var roll: Builtin {
    Builtin(
      "roll(x, distance, axis = nothing)",
      "The elements moved along an axis; what leaves at one end comes in at the other.",
      details: """
        Without `axis` they move through all elements, row by row. A list of distances goes with a \
        list of axes.
        """,
      examples: [
        "roll([1, 2, 3, 4], 1)": "tensor([4, 1, 2, 3])",
        "roll([[1, 2, 3], [4, 5, 6]], -1, axis=1)": "tensor([[2, 3, 1], [5, 6, 4]])",
      ]
    ) { (x: Tensor, distance: Axes, axis: Axes?) -> Tensor in
      let axes = axis?.list ?? [0]
      let count = Swift.max(axes.count, distance.list.count)
      guard let axes = axes.broadcast(to: count), let moves = distance.list.broadcast(to: count)
      else {
        throw LanguageError(
          "shape/count", "\(distance.list.count) distances do not go with \(axes.count) axes")
      }
      if axis != nil { return try x.rolled(by: moves, axes: axes) }
      return try x.reshaped(to: [-1]).rolled(by: moves, axes: axes).reshaped(to: x.shape.sizes)
    }
  }

  private static var tile: Builtin {
    Builtin(
      "tile(x, times)", "The tensor side by side with itself, so many times along each axis.",
      details:
        "`times` is a number for the last axis, or a list of them. `repeat` repeats each element.",
      examples: [
        "tile([1, 2], 2)": "tensor([1, 2, 1, 2])",
        "tile([1, 2], [2, 1])": "tensor([[1, 2], [1, 2]])",
      ]
    ) { (x: Tensor, times: Sizes) in try x.tiled(times.list) }
  }

  private static var diag: Builtin {
    Builtin(
      "diag(x, offset = 0)", "The diagonal of a matrix, or the matrix with a diagonal.",
      details: """
        Of a tensor with more axes it is the diagonal of the last two. `offset` counts diagonals to the \
        right, negative ones below.
        """,
      examples: [
        "diag([[1, 2], [3, 4]])": "tensor([1, 4])", "diag([1, 2])": "tensor([[1, 0], [0, 2]])",
        "diag([[1, 2], [3, 4]], 1)": "tensor([2])",
      ]
    ) { (x: Tensor, offset: Int) in
      x.shape.rank == 1 ? try x.diagonalMatrix(offset: offset) : try x.diagonal(offset: offset)
    }
  }

  private static var matrixTrace: Builtin {
    Builtin(
      "matrix_trace(x, offset = 0)", "The sum of the diagonal of a matrix.",
      details: "Of a tensor with more axes it is that of the last two. `trace` looks into a model.",
      examples: ["matrix_trace([[1, 2], [3, 4]])": "tensor(5)"]
    ) { (x: Tensor, offset: Int) in try x.diagonal(offset: offset).sum(axes: [-1]) }
  }

  private static var tril: Builtin {
    triangle(
      "tril", "The elements on and below the diagonal of the last two axes, zeros above.",
      upper: false, "tensor([[1, 0], [3, 4]])")
  }

  private static var triu: Builtin {
    triangle(
      "triu", "The elements on and above the diagonal of the last two axes, zeros below.",
      upper: true, "tensor([[1, 2], [0, 4]])")
  }

  private static func triangle(
    _ name: String, _ summary: String, upper: Bool, _ example: String
  ) -> Builtin {
    Builtin(
      "\(name)(x, offset = 0)", summary,
      details: "`offset` counts diagonals to the right, negative ones below.",
      examples: ["\(name)([[1, 2], [3, 4]])": example]
    ) { (x: Tensor, offset: Int) in try x.triangle(upper: upper, offset: offset) }
  }

  private static var meshgrid: Builtin {
    Builtin(
      "meshgrid(values..., indexing = \"xy\")", "The coordinates of the points of a grid.",
      details: """
        One tensor for each row of coordinates, all of one shape. With `\"xy\"` the first row runs along \
        axis 1 and the second along axis 0; with `\"ij\"` each along its own axis.
        """,
      examples: [
        "meshgrid([1, 2], [3, 4])[0]": "tensor([[1, 2], [1, 2]])",
        "meshgrid([1, 2], [3, 4], indexing=\"ij\")[0]": "tensor([[1, 1], [2, 2]])",
      ]
    ) { (values: [Tensor], indexing: String) -> [Tensor] in
      let swaps = try choice(indexing, of: ["xy", "ij"], "indexing") == 0 && values.count > 1
      let rank = values.count
      var axes = Array(0..<rank)
      if swaps { axes.swapAt(0, 1) }
      var sizes = Array(repeating: 1, count: rank)
      for (axis, row) in zip(axes, values) { sizes[axis] = row.shape.count }
      return try zip(axes, values).map { axis, row in
        var own = Array(repeating: 1, count: rank)
        own[axis] = row.shape.count
        return try row.reshaped(to: own).broadcast(to: sizes)
      }
    }
  }
}

extension [Int] {
  /// The list, or its only element so many times; `nil` if it has another length.
  fileprivate func broadcast(to count: Int) -> [Int]? {
    if self.count == count { return self }
    return self.count == 1 ? Array(repeating: self[0], count: count) : nil
  }
}

extension Tensor {
  /// So many equal parts along an axis, or the parts before and behind the places of a list.
  func parts(_ by: Value, axis: Int) throws -> [Tensor] {
    let axis = try shape.axis(axis)
    let size = shape[axis]
    let whole = Array(repeating: Slice(), count: axis)
    if let count = try? Int.bridging(by) {
      guard count > 0, size % count == 0 else {
        throw LanguageError(
          "shape/split", "axis \(axis) of shape \(shape) is not cut into \(count) equal parts",
          help: ["a list cuts before places: split(x, [2, 5])"])
      }
      return try (0..<count).map {
        try sliced(whole + [Slice(from: $0 * (size / count), to: ($0 + 1) * (size / count))])
      }
    }
    let places = try Places.bridging(by).tensor.elements(as: Int.self)
    return try zip([0] + places, places.map(Int?.some) + [nil]).map {
      try sliced(whole + [Slice(from: $0, to: $1)])
    }
  }
}
