import LeptonRuntime
import LeptonTensor

extension Library {
  /// What many numbers come to: sums, means, extremes.
  static var reductions: Family {
    Family(
      "Sums, means and extremes",
      [sum, prod, mean, variance, deviation, median, max, min, argmax, argmin, any, all])
  }

  /// What holds for every reduction.
  private static let aboutAxes = """
    A list of numbers gives a number. A tensor is reduced over all axes, or over those that `axis` \
    names (one or a list; negative ones count from the end); `keepdims=true` leaves them with size 1.
    """

  private static var sum: Builtin {
    reduction(
      "sum", "The sum of numbers.",
      details: aboutAxes + " Whole numbers and truths are added up as int64.",
      examples: [
        "sum([1, 2, 3])": "6", "sum([[1, 2], [3, 4]], axis=0)": "tensor([4, 6])",
        "sum([[1, 2], [3, 4]], axis=1, keepdims=true)": "tensor([[3], [7]])",
      ],
      numbers: { try $0.sum() }, tensor: { try $0.sum(axes: $1, keepingDimensions: $2) })
  }

  private static var prod: Builtin {
    reduction(
      "prod", "The product of numbers.", details: aboutAxes,
      examples: ["prod([2, 3, 4])": "24"],
      numbers: { try $0.product() }, tensor: { try $0.product(axes: $1, keepingDimensions: $2) })
  }

  private static var mean: Builtin {
    reduction(
      "mean", "The mean of numbers.", details: aboutAxes,
      examples: [
        "mean([1, 2, 6])": "3.0", "mean([[1.0, 3.0], [5.0, 7.0]], axis=1)": "tensor([2.0, 6.0])",
      ],
      numbers: { .float(try $0.mean()) },
      tensor: { try $0.mean(axes: $1, keepingDimensions: $2) })
  }

  private static var variance: Builtin {
    spread(
      "var", "The mean squared distance from the mean.",
      examples: ["var([1, 3])": "1.0", "var([1, 3], correction=1)": "2.0"],
      number: { $0 }, tensor: { $0 })
  }

  private static var deviation: Builtin {
    spread(
      "std", "The standard deviation: the square root of the variance.",
      examples: ["std([1, 3])": "1.0"],
      number: { $0.squareRoot() }, tensor: { try $0.squareRoot() })
  }

  private static func spread(
    _ name: String, _ summary: String, examples: KeyValuePairs<String, String>,
    number: @escaping (Double) -> Double, tensor: @escaping (Tensor) throws -> Tensor
  ) -> Builtin {
    Builtin(
      "\(name)(x, axis = nothing, keepdims = false, correction = 0)", summary,
      details: aboutAxes + " `correction=1` divides by n - 1, as for a sample.", examples: examples
    ) { (x: Reducible, axis: Axes?, keep: Bool, correction: Double) -> Value in
      if case .numbers(let numbers) = x, axis == nil, !keep {
        return .float(number(try numbers.variance(correction: correction)))
      }
      let variance = try x.tensor().variance(
        axes: axis?.list, keepingDimensions: keep, correction: correction)
      return .tensor(try tensor(variance))
    }
  }

  private static var median: Builtin {
    reduction(
      "median", "The middle of numbers in order, or the mean of the two in the middle.",
      details: aboutAxes,
      examples: ["median([3, 1, 2])": "2.0", "median([1, 2, 3, 10])": "2.5"],
      numbers: { .float(try $0.median()) },
      tensor: { try $0.median(axes: $1, keepingDimensions: $2) })
  }

  private static var max: Builtin {
    extreme(
      "max", "The largest of several values, or of the elements of one.",
      examples: [
        "max(3, 5)": "5", "max([1, 7, 2])": "7", "max([[1, 5], [3, 2]], axis=1)": "tensor([5, 3])",
        "max([1, 5, 3], 2)": "tensor([2, 5, 3])", "max([\"pear\", \"apple\"])": "\"pear\"",
      ],
      Extreme(
        name: "largest", isBetter: { try $1.precedes($0) },
        pair: { try $0.maximum($1) },
        reduce: { try $0.max(axes: $1, keepingDimensions: $2) }))
  }

  private static var min: Builtin {
    extreme(
      "min", "The smallest of several values, or of the elements of one.",
      examples: [
        "min(3, 5)": "3", "min([4, 1, 2])": "1", "min([[1, 5], [3, 2]], axis=0)": "tensor([1, 2])",
      ],
      Extreme(
        name: "smallest", isBetter: { try $0.precedes($1) },
        pair: { try $0.minimum($1) },
        reduce: { try $0.min(axes: $1, keepingDimensions: $2) }))
  }

  private static func extreme(
    _ name: String, _ summary: String, examples: KeyValuePairs<String, String>, _ extreme: Extreme
  ) -> Builtin {
    Builtin(
      "\(name)(values..., axis = nothing, keepdims = false)", summary,
      details: """
        Of several arguments it takes the \(extreme.name), element by element where one is a tensor or \
        a list of numbers. \(aboutAxes)
        """,
      examples: examples
    ) { (values: [Value], axis: Axes?, keep: Bool) -> Value in
      if values.count == 1, let only = values.first {
        return try extreme.of(only, axes: axis?.list, keepingDimensions: keep)
      }
      return try extreme.among(values)
    }
  }

  private static var argmax: Builtin {
    place(
      "argmax", "The place of the largest element, the first one of several.",
      examples: ["argmax([3, 9, 2])": "1", "argmax([[1, 5], [3, 2]], axis=1)": "tensor([1, 0])"],
      .argmax
    )
  }

  private static var argmin: Builtin {
    place(
      "argmin", "The place of the smallest element, the first one of several.",
      examples: ["argmin([3, 9, 2])": "2"], .argmin)
  }

  private static func place(
    _ name: String, _ summary: String, examples: KeyValuePairs<String, String>, _ which: Located
  ) -> Builtin {
    Builtin(
      "\(name)(x, axis = nothing, keepdims = false)", summary,
      details: """
        A list of numbers gives an int. Without `axis` the places of a tensor are counted through all \
        its elements, row by row; with it there is one place for each row along that axis, as int64.
        """,
      examples: examples
    ) { (x: Reducible, axis: Int?, keep: Bool) -> Value in
      let places = try which.place(in: x.tensor(), axis, keep)
      if case .numbers = x, axis == nil, !keep { return .int(try places.integerItem()) }
      return .tensor(places)
    }
  }

  private static var any: Builtin {
    reduction(
      "any", "Whether at least one element is true.",
      details: aboutAxes + " Numbers other than 0 count as true.",
      examples: [
        "any([false, true])": "true", "any([[0, 1], [0, 0]], axis=1)": "tensor([true, false])",
      ],
      numbers: { .bool($0.contains { $0.number != 0 }) },
      tensor: { try $0.any(axes: $1, keepingDimensions: $2) })
  }

  private static var all: Builtin {
    reduction(
      "all", "Whether every element is true.",
      details: aboutAxes + " Numbers other than 0 count as true; so does every element of nothing.",
      examples: [
        "all([true, false])": "false", "all([])": "true", "all(tensor([1, 2]) > 0)": "tensor(true)",
      ],
      numbers: { .bool($0.allSatisfy { $0.number != 0 }) },
      tensor: { try $0.all(axes: $1, keepingDimensions: $2) })
  }

  /// A word that reduces numbers to a value, and tensors over axes.
  private static func reduction(
    _ name: String, _ summary: String, details: String, examples: KeyValuePairs<String, String>,
    numbers: @escaping ([Numeric]) throws -> Value,
    tensor: @escaping (Tensor, [Int]?, Bool) throws -> Tensor
  ) -> Builtin {
    Builtin(
      "\(name)(x, axis = nothing, keepdims = false)", summary, details: details, examples: examples
    ) { (x: Reducible, axis: Axes?, keep: Bool) -> Value in
      if case .numbers(let list) = x, axis == nil, !keep { return try numbers(list) }
      return .tensor(try tensor(x.tensor(), axis?.list, keep))
    }
  }
}

/// What can be reduced: the numbers of a list, which come to a number, or a tensor.
enum Reducible: Bridged {
  case numbers([Numeric])
  case tensor(Tensor)

  static var typeDescription: String { "a list of numbers or a tensor" }
  static var literals: LiteralTypes { Tensor.literals }

  static func bridging(_ value: Value) throws -> Reducible {
    if let elements = try value.listed, let numbers = numbers(elements) {
      return .numbers(numbers)
    }
    guard let tensor = try value.asTensor() else { throw mismatch(value) }
    return .tensor(tensor)
  }

  private static func numbers(_ elements: [Value]) -> [Numeric]? {
    var numbers: [Numeric] = []
    for element in elements {
      switch element {
      case .int(let int): numbers.append(.int(int))
      case .float(let float): numbers.append(.float(float))
      case .bool(let bool): numbers.append(.int(bool ? 1 : 0))
      default: return nil
      }
    }
    return numbers
  }

  var value: Value {
    switch self {
    case .numbers(let numbers): numbers.value
    case .tensor(let tensor): .tensor(tensor)
    }
  }

  /// The tensor of the numbers, or the tensor itself.
  func tensor() throws -> Tensor { try Tensor.bridging(value) }
}

/// The first or the last in order.
private struct Extreme {
  let name: String
  /// Whether the first value is to be preferred to the second.
  let isBetter: (Value, Value) throws -> Bool
  let pair: (Tensor, any TensorOperand) throws -> Tensor
  let reduce: (Tensor, [Int]?, Bool) throws -> Tensor

  /// The extreme of the elements of one value.
  func of(_ value: Value, axes: [Int]?, keepingDimensions keep: Bool) throws -> Value {
    if axes == nil, !keep, let elements = try value.listed,
      !elements.contains(where: \.hasElements)
    {
      return try among(elements)
    }
    return .tensor(try reduce(Tensor.bridging(value), axes, keep))
  }

  /// The extreme, element by element, of tensors and of the numbers beside them.
  private func amongTensors(_ operands: [any TensorOperand]) throws -> Tensor {
    let tensors = operands.compactMap { $0 as? Tensor }
    let numbers = operands.filter { $0.strongType == nil }
    let result = try tensors.dropFirst().reduce(tensors[0]) { try pair($0, $1) }
    return try numbers.reduce(result) { try pair($0, $1) }
  }

  /// The extreme among several values.
  func among(_ values: [Value]) throws -> Value {
    guard let first = values.first else {
      throw LanguageError("value/empty", "there is no \(name) of no values")
    }
    if values.contains(where: \.hasElements) {
      return .tensor(try amongTensors(values.map { try Numeric.bridging($0).operand }))
    }
    return try values.dropFirst().reduce(first) { best, next in
      if best.isNotANumber { return best }
      return try next.isNotANumber || isBetter(next, best) ? next : best
    }
  }
}

extension Value {
  /// The elements of a list or of a range.
  fileprivate var listed: [Value]? {
    get throws {
      switch self {
      case .list(let elements): elements
      case .object(is IntegerRange): try Elements.bridging(self).list
      default: nil
      }
    }
  }

  /// Whether the value is a list or a tensor.
  fileprivate var hasElements: Bool {
    switch self {
    case .list, .tensor: true
    default: false
    }
  }

  /// Whether the value is `nan`.
  fileprivate var isNotANumber: Bool {
    if case .float(let float) = self { float.isNaN } else { false }
  }
}

/// Which place a word looks for.
private enum Located {
  case argmax, argmin

  func place(in x: Tensor, _ axis: Int?, _ keep: Bool) throws -> Tensor {
    switch self {
    case .argmax: try x.argmax(axis: axis, keepingDimensions: keep)
    case .argmin: try x.argmin(axis: axis, keepingDimensions: keep)
    }
  }
}
