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
      details: aboutShape + " A tensor of probabilities gives a tensor of its shape.",
      examples: [
        "bernoulli(1)": "true", "bernoulli(0.0, 2)": "tensor([false, false])",
        "bernoulli([0.0, 1.0])": "tensor([false, true])",
      ]
    ) { (context: Context, probability: Numeric, shape: Sizes?) -> Value in
      if case .tensor(let each) = probability, each.shape.rank > 0 {
        return .tensor(
          try context.nextKey().uniform(shape?.list ?? each.shape.sizes).less(than: each))
      }
      let probability = try Double.bridging(probability.value)
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
      "choice(values, count = nothing, replace = true, weights = nothing)",
      "Elements drawn by chance: one, or so many.",
      details: """
        Of a list it draws a list; of a tensor it draws along the first axis and gives a tensor. With \
        `replace=false` no element is drawn twice. `weights` say how likely each is.
        """,
      examples: [
        "choice([7])": "7", "sorted(choice([1, 2], 2, replace=false))": "[1, 2]",
        "choice([\"a\", \"b\"], 2, weights=[0, 1])": "[\"b\", \"b\"]",
        "choice(arange(4), 3).shape": "[3]",
      ]
    ) { (context: Context, values: Value, count: Int?, replace: Bool, weights: Weights?) -> Value in
      let key = context.nextKey()
      if case .tensor(let tensor) = values, let size = tensor.shape.sizes.first {
        let draw = try Draw(of: size, count ?? 1, replace, weights)
        let places = try draw.places(key).reshaped(to: count.map { [$0] } ?? [])
        return .tensor(try tensor.gathered(places))
      }
      let list = try Elements.bridging(values).list
      let places = try Draw(of: list.count, count ?? 1, replace, weights).places(key)
      let drawn = try places.elements(as: Int.self).map { list[$0] }
      return count == nil ? drawn[0] : .list(drawn)
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

/// How likely each of several elements is to be drawn.
private struct Weights: Bridged {
  let tensor: Tensor

  static var typeDescription: String { "a list of numbers that are not negative" }

  static func bridging(_ value: Value) throws -> Weights {
    let tensor = try Tensor.bridging(value, as: .float64)
    let numbers = try tensor.elements(as: Double.self)
    guard tensor.shape.rank == 1, numbers.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw mismatch(value)
    }
    return Weights(tensor: tensor)
  }

  var value: Value { .tensor(tensor) }

  /// How many elements can be drawn at all.
  func possible() throws -> Int { try tensor.elements(as: Double.self).count { $0 > 0 } }
}

/// A draw of so many of several elements.
private struct Draw {
  private let size: Int
  private let count: Int
  private let replaces: Bool
  private let weights: Weights?

  /// Throws `value/empty` if there is nothing to draw from, `value/range` if there is not enough.
  init(of size: Int, _ count: Int, _ replaces: Bool, _ weights: Weights?) throws {
    if let weights, weights.tensor.shape.count != size {
      throw LanguageError(
        "shape/count", "\(weights.tensor.shape.count) weights are given for \(size) elements")
    }
    let possible = try weights?.possible() ?? size
    guard possible > 0 || count == 0 else {
      throw LanguageError("value/empty", "there is no element to draw")
    }
    guard count >= 0, replaces || count <= possible else {
      throw LanguageError(
        "value/range", "\(count) of \(possible) elements cannot be drawn",
        help: ["replace=true lets an element be drawn again"])
    }
    (self.size, self.count, self.replaces, self.weights) = (size, count, replaces, weights)
  }

  /// The places of the elements drawn.
  ///
  /// Without replacement the elements race: each arrives after a time of its own with its weight as
  /// the rate, and the first ones are drawn (Efraimidis and Spirakis 2006).
  func places(_ key: RandomKey) throws -> Tensor {
    if count == 0 { return try Tensor([Int](), shape: [0]) }
    guard let weights else {
      return try replaces
        ? key.integers([count], from: 0, to: size)
        : key.permutation(size).sliced([Slice(to: count)])
    }
    guard replaces else {
      let draws = try key.uniform([size], type: .float64)
      let times = try Tensor.select(
        weights.tensor.greater(than: 0.0), draws.log().negated().dividing(weights.tensor),
        Double.infinity)
      return try times.sortedIndices().sliced([Slice(to: count)])
    }
    let sums = try weights.tensor.cumulativeSum(axis: 0)
    let marks = try key.uniform([count], type: .float64).multiplying(sums.element(at: -1))
    return try sums.searched(for: marks, after: true)
  }
}
