import LeptonLearning
import LeptonRuntime
import LeptonTensor

extension Library {
  /// Elements by their places, and places by the order of the elements.
  static var places: Family {
    Family(
      "Places and order",
      [
        take, gather, scatter, scatterAdd, nonzero, sort, argsort, topk, searchsorted,
      ])
  }

  private static var take: Builtin {
    Builtin(
      "take(x, what, axis = nothing)",
      "The elements, or the slices along an axis, at places; of a data set the first examples.",
      details: """
        The shape of the places takes the place of the axis. Without `axis` they are counted through all \
        elements, row by row. Negative places count from the end. Of a data set it takes so many examples.
        """,
      examples: [
        "take([10, 20, 30], [2, 0])": "tensor([30, 10])",
        "take([[1, 2], [3, 4]], [1], axis=1)": "tensor([[2], [4]])",
        "len(take(dataset([[0.0], [1.0]], [0, 1]), 1))": "1",
      ]
    ) { (x: Value, what: Value, axis: Int?) -> Value in
      if let data = try? Dataset.bridging(x) { return try data.take(.bridging(what)).value }
      let (x, places) = (try Tensor.bridging(x), try Places.bridging(what).tensor)
      guard let axis else { return .tensor(try x.reshaped(to: [-1]).gathered(places)) }
      return .tensor(try x.gathered(places, axis: axis))
    }
  }

  private static var gather: Builtin {
    Builtin(
      "gather(x, places, axis = -1)",
      "For each line along an axis the elements at places of its own.",
      details: """
        `places` has as many axes as `x`; `gather(x, argsort(x))` is `sort(x)`. `take` takes the same \
        places of every line.
        """,
      examples: ["gather([[1, 2, 3], [4, 5, 6]], [[2], [0]])": "tensor([[3], [4]])"]
    ) { (x: Tensor, places: Places, axis: Int) in
      try x.takenAlong(places.tensor, axis: axis)
    }
  }

  private static var scatter: Builtin {
    Builtin(
      "scatter(x, places, values, axis = -1)",
      "The tensor with values put at places of each line along an axis.",
      details: """
        It is the inverse of `gather`: `places` has as many axes as `x`, and `values` broadcasts to its \
        shape. Where a place is named twice the last value counts.
        """,
      examples: [
        "scatter(zeros([2, 3]), [[2], [0]], 1)": "tensor([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])"
      ]
    ) { (x: Tensor, places: Places, values: Numeric, axis: Int) in
      try x.scatteringAlong(values.tensor(beside: x), at: places.tensor, axis: axis)
    }
  }

  private static var scatterAdd: Builtin {
    Builtin(
      "scatter_add(x, places, values, axis = -1)",
      "The tensor with values added at places of each line along an axis.",
      details: "As `scatter`, but every value counts: where a place is named twice both are added.",
      examples: ["scatter_add([0, 0, 0], [2, 0, 2], [1, 2, 3])": "tensor([2, 0, 4])"]
    ) { (x: Tensor, places: Places, values: Numeric, axis: Int) in
      try x.scatterAddingAlong(values.tensor(beside: x), at: places.tensor, axis: axis)
    }
  }

  private static var nonzero: Builtin {
    Builtin(
      "nonzero(x)", "The places of the elements that are true or not 0.",
      details: "`[n]` places for a tensor with one axis, else `[n, axes]`, in row-major order.",
      examples: ["nonzero([5, 0, 7])": "tensor([0, 2])", "nonzero([[0, 1]])": "tensor([[0, 1]])"]
    ) { (x: Tensor) -> Tensor in
      let places = try x.placesOfNonzero()
      if x.shape.rank == 1 { return places[0] }
      guard !places.isEmpty else {
        return try Tensor([Int](), shape: [x.cast(to: .bool).integerItem(), 0])
      }
      return try Tensor.stacked(places, axis: 1)
    }
  }

  private static var sort: Builtin {
    Builtin(
      "sort(x, axis = -1, descending = false)", "The elements in order along an axis.",
      details: """
        `nan` comes last. `axis=nothing` sorts all elements into one axis. `sorted` sorts a list of \
        anything that has an order.
        """,
      examples: [
        "sort([3, 1, 2])": "tensor([1, 2, 3])",
        "sort([1, 3, 2], descending=true)": "tensor([3, 2, 1])",
      ]
    ) { (x: Tensor, axis: Int?, descending: Bool) -> Tensor in
      let lines = try axis == nil ? x.reshaped(to: [-1]) : x
      return try lines.sorted(axis: axis ?? -1, descending: descending)
    }
  }

  private static var argsort: Builtin {
    Builtin(
      "argsort(x, axis = -1, descending = false)",
      "The places of the elements in their order along an axis.",
      details: "Equals keep their order. `axis=nothing` counts through all elements, row by row.",
      examples: ["argsort([30, 10, 20])": "tensor([1, 2, 0])"]
    ) { (x: Tensor, axis: Int?, descending: Bool) -> Tensor in
      let lines = try axis == nil ? x.reshaped(to: [-1]) : x
      return try lines.sortedIndices(axis: axis ?? -1, descending: descending)
    }
  }

  private static var topk: Builtin {
    Builtin(
      "topk(x, count, axis = -1, largest = true)",
      "The largest elements along an axis in order, and their places.",
      details: "A record: `values` and `indices`. `largest=false` gives the smallest ones.",
      examples: [
        "topk([3, 9, 1, 7], 2).values": "tensor([9, 7])",
        "topk([3, 9, 1, 7], 2, largest=false).indices": "tensor([2, 0])",
      ]
    ) { (x: Tensor, count: Int, axis: Int, largest: Bool) -> Record in
      let top = try x.top(count, axis: axis, largest: largest)
      return Record(["values": .tensor(top.values), "indices": .tensor(top.places)])
    }
  }

  private static var searchsorted: Builtin {
    Builtin(
      "searchsorted(sorted, values, side = \"left\")",
      "The places of a sorted row of numbers before which values belong.",
      details:
        "Among equals that is the first place, with `side=\"right\"` the one behind them all.",
      examples: [
        "searchsorted([1, 3, 5], 4)": "tensor(2)",
        "searchsorted([1, 3, 5], [3, 9], \"right\")": "tensor([2, 3])",
      ]
    ) { (sorted: Tensor, values: Tensor, side: String) in
      try sorted.searched(for: values, after: choice(side, of: ["left", "right"], "side") == 1)
    }
  }
}

/// Whole numbers that name places: a tensor, a list, or one number.
struct Places: Bridged {
  let tensor: Tensor

  static var typeDescription: String { "whole numbers" }

  /// Takes a tensor of whole numbers, or a list of them, which may be empty.
  static func bridging(_ value: Value) throws -> Places {
    guard let tensor = try value.asTensor() else { throw mismatch(value) }
    if case .list = value, tensor.shape.count == 0 {
      return Places(tensor: try tensor.cast(to: .int64))
    }
    guard tensor.elementType.isInteger else { throw mismatch(value) }
    return Places(tensor: tensor)
  }

  var value: Value { .tensor(tensor) }
}

extension Numeric {
  /// The tensor that a value stands for where it goes into another one.
  func tensor(beside other: Tensor) throws -> Tensor {
    try operand.tensor(beside: other.elementType)
  }
}

extension Library {
  /// Which of several names is meant.
  ///
  /// - Throws: `value/choice` if it is none of them.
  static func choice(_ name: String, of names: [String], _ parameter: String) throws -> Int {
    guard let place = names.firstIndex(of: name) else {
      throw LanguageError(
        "value/choice", "\(Value.string(name).source) is no \(parameter)",
        help: [
          "\(parameter) is one of " + names.map { Value.string($0).source }.joined(separator: ", ")
        ])
    }
    return place
  }
}
