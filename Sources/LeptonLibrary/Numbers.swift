import Glibc
import LeptonRuntime
import LeptonTensor

extension Library {
  /// Mathematics on numbers, and on tensors element by element.
  static var numbers: Family {
    Family(
      "Numbers",
      roots + furtherFunctions + rounding + [sign, isNaN, isInfinite, isFinite, nanToNumber]
        + activations)
  }

  /// Roots, exponentials, logarithms, trigonometry.
  private static var roots: [Builtin] {
    [
      absolute,
      elementwise(
        "sqrt(x)", "The square root.", details: "A negative number gives `nan`.",
        examples: ["sqrt(16)": "4.0", "sqrt([1, 4])": "tensor([1.0, 2.0])"],
        number: { $0.squareRoot() }, tensor: { try $0.squareRoot() }),
      elementwise(
        "exp(x)", "The exponential function: e to the power of x.",
        examples: ["exp(0)": "1.0", "exp([0, 0])": "tensor([1.0, 1.0])"],
        number: { Glibc.exp($0) }, tensor: { try $0.exp() }),
      elementwise(
        "log(x)", "The natural logarithm.", details: "0 gives `-inf`, a negative number `nan`.",
        examples: ["log(1)": "0.0", "log(0)": "-inf"],
        number: { Glibc.log($0) }, tensor: { try $0.log() }),
      elementwise(
        "log2(x)", "The logarithm to base 2.", examples: ["log2(8)": "3.0"],
        number: { Glibc.log2($0) }, tensor: { try $0.log().multiplying(1 / Double.log2) }),
      elementwise(
        "log10(x)", "The logarithm to base 10.", examples: ["log10(1000)": "3.0"],
        number: { Glibc.log10($0) }, tensor: { try $0.log().multiplying(1 / Double.log10) }),
      elementwise(
        "sin(x)", "The sine of an angle in radians.", examples: ["sin(0)": "0.0"],
        number: { Glibc.sin($0) }, tensor: { try $0.sin() }),
      elementwise(
        "cos(x)", "The cosine of an angle in radians.", examples: ["cos(0)": "1.0"],
        number: { Glibc.cos($0) }, tensor: { try $0.cos() }),
      elementwise(
        "tan(x)", "The tangent of an angle in radians.", examples: ["tan(0)": "0.0"],
        number: { Glibc.tan($0) }, tensor: { try $0.sin().dividing($0.cos()) }),
    ]
  }

  private static var absolute: Builtin {
    Builtin(
      "abs(x)", "The size of a number without its sign.",
      examples: ["abs(-3)": "3", "abs([-1.5, 2.0])": "tensor([1.5, 2.0])"]
    ) { (x: Numeric) -> Numeric in
      switch x {
      case .int(let int): .int(try int.checkedMagnitude())
      case .float(let float): .float(Swift.abs(float))
      case .tensor(let tensor): .tensor(try tensor.absolute())
      }
    }.shortened(by: .tensor { try $0.absolute() })
  }

  /// Words that give whole numbers.
  private static var rounding: [Builtin] {
    [
      round,
      whole(
        "floor(x)", "The largest whole number that is not larger.",
        examples: [
          "floor(2.7)": "2", "floor(-0.5)": "-1", "floor([1.5, -1.5])": "tensor([1.0, -2.0])",
        ],
        .down, tensor: { try $0.floor() }),
      whole(
        "ceil(x)", "The smallest whole number that is not smaller.",
        examples: ["ceil(2.1)": "3"], .up, tensor: { try $0.ceil() }),
    ]
  }

  private static var round: Builtin {
    Builtin(
      "round(x, digits = nothing)", "The nearest whole number, the even one of two.",
      details: """
        A number gives an int; with `digits` it gives a float with so many digits behind the point. \
        A tensor keeps its element type.
        """,
      examples: [
        "round(2.5)": "2", "round(3.14159, 2)": "3.14", "round([0.4, 1.6])": "tensor([0.0, 2.0])",
      ]
    ) { (x: Numeric, digits: Int?) -> Numeric in
      let scale = try digits.map(powerOfTen)
      switch (x, scale) {
      case (.int, nil): return x
      case (.float(let float), nil): return .int(try Int(rounding: float, .toNearestOrEven))
      case (.tensor(let tensor), nil): return .tensor(try tensor.rounded())
      case (.tensor(let tensor), let scale?):
        return .tensor(try tensor.multiplying(scale).rounded().dividing(scale))
      case (_, let scale?):
        let number = x.number ?? .nan
        let scaled = (number * scale).rounded(.toNearestOrEven)
        return .float(scaled.isFinite ? scaled / scale : number)
      }
    }
  }

  private static func powerOfTen(_ digits: Int) throws -> Double {
    guard (-300...300).contains(digits) else {
      throw LanguageError("value/range", "digits must lie between -300 and 300, not \(digits)")
    }
    return pow(10, Double(digits))
  }

  private static var sign: Builtin {
    Builtin(
      "sign(x)", "-1, 0 or 1, as the number is negative, zero or positive.",
      examples: ["sign(-3)": "-1", "sign(2.5)": "1.0", "sign([-2, 0])": "tensor([-1, 0])"]
    ) { (x: Numeric) -> Numeric in
      switch x {
      case .int(let int): .int(int.signum())
      case .float(let float): .float(float > 0 ? 1 : float < 0 ? -1 : float == 0 ? 0 : float)
      case .tensor(let tensor): .tensor(try tensor.sign())
      }
    }
  }

  private static var isNaN: Builtin {
    Builtin(
      "isnan(x)", "Whether a number is `nan`, the result of 0.0 / 0.0.",
      examples: ["isnan(nan)": "true", "isnan([0.0, nan])": "tensor([false, true])"]
    ) { (x: Numeric) -> Value in
      if let number = x.number { return .bool(number.isNaN) }
      let tensor = try tensor(x)
      return .tensor(try tensor.notEqual(to: tensor))
    }
  }

  private static var isInfinite: Builtin {
    Builtin(
      "isinf(x)", "Whether a number is `inf` or `-inf`.",
      examples: ["isinf(-inf)": "true", "isinf([1.0, inf])": "tensor([false, true])"]
    ) { (x: Numeric) -> Value in
      if let number = x.number { return .bool(number.isInfinite) }
      return .tensor(try tensor(x).absolute().equal(to: Double.infinity))
    }
  }

  private static var nanToNumber: Builtin {
    Builtin(
      "nan_to_num(x, value = 0, above = nothing, below = nothing)",
      "The numbers, with `value` for `nan` and finite numbers for infinite ones.",
      details: "`inf` becomes `above` and `-inf` `below`, by default the largest finite numbers.",
      examples: ["nan_to_num([1.0, nan, inf], above=9)": "tensor([1.0, 0.0, 9.0])"]
    ) { (x: Tensor, value: Double, above: Double?, below: Double?) -> Tensor in
      guard x.elementType.isFloat else { return x }
      let largest =
        x.elementType == .float32
        ? Double(Float.greatestFiniteMagnitude) : .greatestFiniteMagnitude
      let known = try Tensor.select(x.equal(to: x), x, value)
      let high = try Tensor.select(known.equal(to: Double.infinity), above ?? largest, known)
      return try Tensor.select(high.equal(to: -Double.infinity), below ?? -largest, high)
    }
  }

  private static var isFinite: Builtin {
    Builtin(
      "isfinite(x)", "Whether a number is neither `nan` nor infinite.",
      examples: ["isfinite(inf)": "false", "isfinite([1.0, inf])": "tensor([true, false])"]
    ) { (x: Numeric) -> Value in
      if let number = x.number { return .bool(number.isFinite) }
      return .tensor(try tensor(x).absolute().less(than: Double.infinity))
    }
  }

  /// What networks put behind their layers.
  private static var activations: [Builtin] {
    [
      relu,
      elementwise(
        "tanh(x)", "The hyperbolic tangent.", examples: ["tanh(0)": "0.0"],
        number: { Glibc.tanh($0) }, tensor: { try $0.tanh() }),
      elementwise(
        "sigmoid(x)", "The logistic function 1 / (1 + exp(-x)).",
        examples: ["sigmoid(0)": "0.5", "sigmoid([0.0])": "tensor([0.5])"],
        number: { 1 / (1 + Glibc.exp(-$0)) }, tensor: { try $0.sigmoid() }),
      softmax("softmax", "Shares of 1 along an axis: exp(x) / sum(exp(x)).", "tensor([0.5, 0.5])") {
        try $0.softmax(axis: $1)
      },
      softmax("log_softmax", "The logarithm of softmax, computed without loss.", nil) {
        try $0.logSoftmax(axis: $1)
      },
    ]
  }

  private static var relu: Builtin {
    Builtin(
      "relu(x)", "The number if it is positive, else 0.",
      examples: ["relu(-3)": "0", "relu([-1.0, 2.0])": "tensor([0.0, 2.0])"]
    ) { (x: Numeric) -> Numeric in
      switch x {
      case .int(let int): .int(Swift.max(int, 0))
      case .float(let float): .float(float < 0 ? 0 : float)
      case .tensor(let tensor): .tensor(try tensor.relu())
      }
    }.shortened(by: .tensor { try $0.relu() })
  }

  private static func softmax(
    _ name: String, _ summary: String, _ result: String?,
    _ body: @escaping (Tensor, Int) throws -> Tensor
  ) -> Builtin {
    Builtin(
      "\(name)(x, axis = -1)", summary, details: "The axis is that of the classes, the last one.",
      examples: result.map { ["\(name)([1.0, 1.0])": $0] } ?? ["\(name)([2.0])": "tensor([0.0])"]
    ) { (x: Tensor, axis: Int) in try body(x, axis) }
  }
}

extension Library {
  /// A word that gives a fraction for each number.
  static func elementwise(
    _ heading: String, _ summary: String, details: String = "",
    examples: KeyValuePairs<String, String>, number: @escaping @convention(c) (Double) -> Double,
    tensor: @escaping (Tensor) throws -> Tensor
  ) -> Builtin {
    Builtin(heading, summary, details: details, examples: examples) { (x: Numeric) -> Numeric in
      switch x {
      case .int(let int): .float(number(Double(int)))
      case .float(let float): .float(number(float))
      case .tensor(let x): .tensor(try tensor(x))
      }
    }.shortened(by: .function(number: number, tensor: tensor))
  }

  /// A word that rounds.
  private static func whole(
    _ heading: String, _ summary: String, examples: KeyValuePairs<String, String>,
    _ rule: FloatingPointRoundingRule, tensor: @escaping (Tensor) throws -> Tensor
  ) -> Builtin {
    Builtin(
      heading, summary, details: "A number gives an int; a tensor keeps its element type.",
      examples: examples
    ) { (x: Numeric) -> Numeric in
      switch x {
      case .int: x
      case .float(let float): .int(try Int(rounding: float, rule))
      case .tensor(let x): .tensor(try tensor(x))
      }
    }
  }

  private static func tensor(_ x: Numeric) throws -> Tensor {
    try Tensor.bridging(x.value)
  }
}

extension Int {
  /// The size without the sign.
  ///
  /// - Throws: `value/overflow` for the smallest integer.
  fileprivate func checkedMagnitude() throws -> Int {
    guard let size = Int(exactly: magnitude) else {
      throw LanguageError("number/overflow", "the size of \(self) does not fit an int")
    }
    return size
  }

  /// The whole number to which a fraction is rounded.
  ///
  /// - Throws: `value/range` if it does not fit.
  init(rounding float: Double, _ rule: FloatingPointRoundingRule) throws {
    guard let int = Int(exactly: float.rounded(rule)) else {
      throw LanguageError(
        "value/range", "\(Value.float(float).source) has no whole number near it that fits an int",
        help: float.isFinite ? [] : ["ask first: isfinite(x)"])
    }
    self = int
  }
}

extension Double {
  /// The natural logarithm of 2.
  fileprivate static let log2 = Glibc.log(2.0)
  /// The natural logarithm of 10.
  fileprivate static let log10 = Glibc.log(10.0)
}
