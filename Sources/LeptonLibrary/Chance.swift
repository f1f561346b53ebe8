import LeptonRuntime
import LeptonTensor

extension Library {
  /// Draws of chance, which depend on the seed, the cell and the place of the call within it.
  static var chance: Family {
    Family(
      "Chance",
      [uniform, normal, randint, bernoulli, permutation, shuffle, choice].map(\.foreseen))
  }

  private static let aboutShape = """
    Without a shape it gives one number; `shape` is a size or a list of sizes. The same seed gives the \
    same numbers, whatever else the notebook draws.
    """

  private static var uniform: Builtin {
    Builtin(
      "uniform(shape = nothing, low = 0, high = 1)",
      "Numbers evenly distributed from `low` to below `high`.", details: aboutShape,
      examples: ["uniform([2, 3]).shape": "[2, 3]", "0 <= uniform() < 1": "true"]
    ) { (context: Context, shape: Sizes?, low: Double, high: Double) -> Value in
      try draw(shape) { try context.nextKey().uniform($0, from: low, to: high, type: $1) }
    }
  }

  private static var normal: Builtin {
    Builtin(
      "normal(shape = nothing, mean = 0, deviation = 1)", "Normally distributed numbers.",
      details: aboutShape, examples: ["normal(5).shape": "[5]"]
    ) { (context: Context, shape: Sizes?, mean: Double, deviation: Double) -> Value in
      try draw(shape) {
        try context.nextKey().normal($0, mean: mean, deviation: deviation, type: $1)
      }
    }
  }

  private static var randint: Builtin {
    Builtin(
      "randint(low, high, shape = nothing)", "Whole numbers from `low` to below `high`.",
      details: aboutShape,
      examples: ["randint(3, 4)": "3", "randint(0, 10, [2, 2]).shape": "[2, 2]"]
    ) { (context: Context, low: Int, high: Int, shape: Sizes?) -> Value in
      try draw(shape) { sizes, _ in try context.nextKey().integers(sizes, from: low, to: high) }
    }
  }

  private static var bernoulli: Builtin {
    Builtin(
      "bernoulli(probability, shape = nothing)", "Truths, each true with a probability.",
      details: aboutShape,
      examples: ["bernoulli(1)": "true", "bernoulli(0.0, 2)": "tensor([false, false])"]
    ) { (context: Context, probability: Double, shape: Sizes?) -> Value in
      guard (0...1).contains(probability) else {
        throw LanguageError(
          "value/range", "a probability lies between 0 and 1, and this is \(probability)")
      }
      return try draw(shape) { sizes, _ in try context.nextKey().bernoulli(probability, sizes) }
    }
  }

  private static var permutation: Builtin {
    Builtin(
      "permutation(count)", "The whole numbers from 0 to count - 1 in random order.",
      examples: ["sort(permutation(4))": "tensor([0, 1, 2, 3])"]
    ) { (context: Context, count: Int) in
      try context.nextKey().permutation(Shape([count]).count)
    }
  }

  private static var shuffle: Builtin {
    Builtin(
      "shuffle(values)", "The elements in random order.",
      details: "A tensor is shuffled along its first axis.",
      examples: ["sorted(shuffle([3, 1, 2]))": "[1, 2, 3]"]
    ) { (context: Context, values: Value) -> Value in
      if case .tensor(let tensor) = values, let size = tensor.shape.sizes.first {
        return .tensor(try tensor.gathered(context.nextKey().permutation(size)))
      }
      let list = try Elements.bridging(values).list
      let order = try context.nextKey().permutation(list.count).elements(as: Int.self)
      return .list(order.map { list[$0] })
    }
  }

  private static var choice: Builtin {
    Builtin(
      "choice(values, count = nothing, replace = true)",
      "Elements drawn by chance: one, or a list of so many.",
      details: "With `replace=false` no element is drawn twice.",
      examples: ["choice([7])": "7", "sorted(choice([1, 2], 2, replace=false))": "[1, 2]"]
    ) { (context: Context, values: Elements, count: Int?, replace: Bool) -> Value in
      let list = try values.nonEmpty("random")
      let key = context.nextKey()
      guard let count else {
        return list[try key.integers([], from: 0, to: list.count).integerItem()]
      }
      guard count >= 0, replace || count <= list.count else {
        throw LanguageError(
          "value/range", "\(count) of \(list.count) elements cannot be drawn",
          help: ["replace=true lets an element be drawn again"])
      }
      let places =
        try replace
        ? key.integers([count], from: 0, to: list.count) : key.permutation(list.count)
      return .list(try places.elements(as: Int.self).prefix(count).map { list[$0] })
    }
  }

  /// A tensor of a shape, or one number drawn in full precision.
  private static func draw(
    _ shape: Sizes?, _ body: ([Int], ElementType) throws -> Tensor
  ) throws -> Value {
    guard let shape else { return try body([], .float64).scalars().first ?? .nothing }
    return .tensor(try body(shape.list, .float32))
  }
}
