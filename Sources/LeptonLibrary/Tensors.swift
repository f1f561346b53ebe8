import LeptonRuntime
import LeptonTensor

extension Library {
  /// How tensors are made.
  static var tensors: Family {
    Family(
      "Tensors",
      [tensor, zeros, ones, full, arange, linspace, eye, oneHot] + ElementType.allCases.map(cast))
  }

  private static var tensor: Builtin {
    Builtin(
      "tensor(values, type = nothing)", "A tensor of numbers in nested lists.",
      details: """
        All rows have the same length. Whole numbers give `int64`, fractions `float32`, truths `bool`, \
        unless `type` names another element type: `float64`, or `"float64"`.
        """,
      examples: [
        "tensor([[1, 2], [3, 4]])": "tensor([[1, 2], [3, 4]])",
        "tensor([1, 2], float32)": "tensor([1.0, 2.0])", "tensor([1.0]).shape": "[1]",
      ]
    ) { (values: Value, type: ElementType?) -> Tensor in
      try Tensor.bridging(values, as: type)
    }
  }

  private static var zeros: Builtin {
    Builtin(
      "zeros(shape, type = float32)", "A tensor of zeros.",
      details: "`shape` is a size or a list of sizes.",
      examples: [
        "zeros([2, 2])": "tensor([[0.0, 0.0], [0.0, 0.0]])", "zeros(2, int64)": "tensor([0, 0])",
      ]
    ) { (shape: Sizes, type: ElementType) in
      try Tensor(repeating: 0, shape: shape.list, type: type)
    }
  }

  private static var ones: Builtin {
    Builtin(
      "ones(shape, type = float32)", "A tensor of ones.",
      details: "`shape` is a size or a list of sizes.",
      examples: ["ones(3)": "tensor([1.0, 1.0, 1.0])"]
    ) { (shape: Sizes, type: ElementType) in
      try Tensor(repeating: 1, shape: shape.list, type: type)
    }
  }

  private static var full: Builtin {
    Builtin(
      "full(shape, value, type = nothing)", "A tensor with one number everywhere.",
      examples: ["full([2], 0.5)": "tensor([0.5, 0.5])", "full(2, 7)": "tensor([7, 7])"]
    ) { (shape: Sizes, value: Value, type: ElementType?) -> Tensor in
      let number = try Tensor.bridging(value)
      return try number.cast(to: type ?? number.elementType).broadcast(to: shape.list)
    }
  }

  private static var arange: Builtin {
    Builtin(
      "arange(start, stop = nothing, step = 1, type = nothing)",
      "Numbers at equal distances, without the end.",
      details: """
        `arange(n)` goes from 0, `arange(a, b)` from a. Whole numbers give `int64`, fractions `float32`. \
        Where the number of steps matters more than their size, `linspace` is exact.
        """,
      examples: [
        "arange(4)": "tensor([0, 1, 2, 3])", "arange(0, 1, 0.25)": "tensor([0.0, 0.25, 0.5, 0.75])",
      ]
    ) { (start: Numeric, stop: Numeric?, step: Numeric, type: ElementType?) -> Tensor in
      let (first, end) = stop.map { (start, $0) } ?? (.int(0), start)
      let tensor = try NumberSteps(from: first, to: end, by: step).tensor(type)
      return try type.map(tensor.cast) ?? tensor
    }
  }

  private static var linspace: Builtin {
    Builtin(
      "linspace(start, stop, count = 50, type = float32)",
      "So many numbers at equal distances, both ends included.",
      examples: ["linspace(0, 1, 5)": "tensor([0.0, 0.25, 0.5, 0.75, 1.0])"]
    ) { (start: Double, stop: Double, count: Int, type: ElementType) -> Tensor in
      let count = try Shape([count]).count
      let last = Double(max(count - 1, 1))
      return try Tensor(count: count) { place in
        place == count - 1 && count > 1 ? stop : start + (stop - start) * (Double(place) / last)
      }.cast(to: type)
    }
  }

  private static var eye: Builtin {
    Builtin(
      "eye(rows, columns = nothing, type = float32)", "Ones on the diagonal, zeros elsewhere.",
      examples: ["eye(2)": "tensor([[1.0, 0.0], [0.0, 1.0]])"]
    ) { (rows: Int, columns: Int?, type: ElementType) -> Tensor in
      let shape = try Shape([rows, columns ?? rows])
      return try Tensor.range(shape[0]).oneHot(shape[1], type: type)
    }
  }

  private static var oneHot: Builtin {
    Builtin(
      "one_hot(labels, classes, type = float32)",
      "For each label a row of zeros with a 1 at its place.",
      details:
        "`[batch]` becomes `[batch, classes]`. A label outside the classes gives only zeros.",
      examples: ["one_hot([1, 0], 2)": "tensor([[0.0, 1.0], [1.0, 0.0]])"]
    ) { (labels: Tensor, classes: Int, type: ElementType) -> Tensor in
      try labels.oneHot(Shape([classes]).count, type: type)
    }
  }

  /// The word that casts to an element type, and that names it.
  private static func cast(_ type: ElementType) -> Builtin {
    if type == .bool { return castToBool }
    let example: String
    switch type {
    case .float32: example = "tensor([1.0, 2.0])"
    default: example = "true"
    }
    let name = type.rawValue
    return Builtin(
      "\(name)(x)", "The tensor with its elements as \(name).",
      details: castDetails[type] ?? "",
      examples: type == .float32
        ? ["float32([1, 2])": example] : ["\(name)([1, 2]).type == \"\(name)\"": example]
    ) { (x: Value) -> Tensor in
      try Tensor.bridging(x, as: type)
    }
  }

  private static let castDetails: [ElementType: String] = [
    .float32: "The type that models compute in: about 7 digits.",
    .float64: "About 16 digits.",
    .int64: "Fractions are cut towards zero.",
    .int32: "Fractions are cut towards zero; numbers that do not fit wrap.",
    .uint8: "Bytes, 0 to 255: fractions are cut towards zero, numbers that do not fit wrap.",
    .int8: "-128 to 127: fractions are cut towards zero, numbers that do not fit wrap.",
  ]

  private static var castToBool: Builtin {
    Builtin(
      "bool(x)", "Whether a number, or each element of a tensor, is other than 0.",
      examples: ["bool(2)": "true", "bool([0, 2])": "tensor([false, true])"]
    ) { (x: Numeric) -> Value in
      if let number = x.number { return .bool(number != 0) }
      return .tensor(try Tensor.bridging(x.value).cast(to: .bool))
    }
  }
}

/// Numbers at equal distances.
private struct NumberSteps {
  let start: Numeric
  let stop: Numeric
  let step: Numeric

  init(from start: Numeric, to stop: Numeric, by step: Numeric) {
    self.start = start
    self.stop = stop
    self.step = step
  }

  /// The tensor of the numbers; `value/step` if the step is 0.
  func tensor(_ type: ElementType?) throws -> Tensor {
    if case (.int(let first), .int(let end), .int(let by)) = (start, stop, step) {
      try require(by != 0)
      let count = try NumberSteps.count((Double(end) - Double(first)) / Double(by))
      return try Tensor(count: count) { first &+ $0 &* by }
    }
    let (first, end, by) = (try double(start), try double(stop), try double(step))
    try require(by != 0)
    let count = try NumberSteps.count((end - first) / by)
    return try Tensor(count: count) { first + Double($0) * by }.cast(to: type ?? .float32)
  }

  private func double(_ number: Numeric) throws -> Double {
    if let double = number.number { return double }
    return try Tensor.bridging(number.value).item()
  }

  private func require(_ holds: Bool) throws {
    guard holds else { throw LanguageError("value/step", "the step must not be 0") }
  }

  private static func count(_ steps: Double) throws -> Int {
    guard steps < Double(1 << 40) else {
      throw LanguageError("shape/size", "so many numbers do not fit a tensor")
    }
    return try Shape([Int(max(0, steps.rounded(.up)))]).count
  }
}

extension Tensor {
  /// Makes a tensor with one axis of what a function gives for each place.
  ///
  /// - Throws: `memory/limit` before anything is computed.
  fileprivate init<E: Element>(count: Int, _ element: (Int) -> E) throws {
    try self.init(form: Form(Shape([count]), E.elementType)) { bytes in
      let elements = bytes.bindMemory(to: E.self)
      for place in elements.indices { elements[place] = element(place) }
    }
  }
}
