import LeptonData
import LeptonRuntime
import LeptonTensor

extension Library {
  /// Steps that prepare data: they learn from the training part, print as the Lepton that makes them, and stand in front of a model.
  static var preparing: Family {
    Family(
      "Preparing data: steps",
      [
        prepare, prepareEach, impute, standardize, minmaxScale, maxabsScale, robustScale,
        quantileTransform,
        powerTransform, clipOutliers, winsorize, oneHotEncode, ordinalEncode, targetEncode,
        hashEncode, discretize, dateParts, tfIdf, countWords, leaveOut,
      ])
  }

  /// What all steps have in common.
  private static let stepDetails = """
    A step takes the named columns, without names all that suit it, and learns from the rows a model is trained on; \
    `fitted(step, data)` lets it learn by itself. Steps are composed with `>>`. Given a table or a tensor in the place of names it \
    prepares that at once.
    """

  private static var standardize: Builtin {
    Builtin(
      "standardize(columns..., axis = 0)",
      "Scales numbers to mean 0 and standard deviation 1.",
      details: "Columns of one value become zeros. `axis` is that of a tensor. " + stepDetails,
      examples: [
        "standardize(table({x: [1, 3]})).x": "float64([-1.0, 1.0])",
        "standardize([[1.0], [3.0]])": "tensor([[-1.0], [1.0]])",
        "standardize(\"age\") >> dense(2)": "standardize(\"age\") >> dense(2)",
      ]
    ) { (columns: StepColumns, axis: Int) -> Value in
      guard case .data(let data) = columns, let tensor = try data.plainTensor else {
        return try columns.step("standardize", way: Standardizing())
      }
      // Operations on tensors, so that it has a derivative and runs in a plan.
      let x = tensor.elementType.isFloat ? tensor : try tensor.cast(to: .float32)
      let distance = try x.subtracting(x.mean(axes: [axis], keepingDimensions: true))
      let variance = try distance.multiplying(distance).mean(axes: [axis], keepingDimensions: true)
      return .tensor(try distance.dividing(variance.squareRoot()))
    }
  }

  private static var minmaxScale: Builtin {
    Builtin(
      "minmax_scale(columns..., low = 0, high = 1)",
      "Scales numbers so that the smallest becomes `low` and the largest `high`.",
      details: stepDetails,
      examples: ["minmax_scale(table({x: [2, 3, 6]})).x": "float64([0.0, 0.25, 1.0])"]
    ) { (columns: StepColumns, low: Double, high: Double) in
      try Settings.require(
        low < high && low.isFinite && high.isFinite, "`low` must be below `high`")
      return try columns.step(
        "minmax_scale", [("low", .float(low), .float(0)), ("high", .float(high), .float(1))],
        way: RangeScaling(low: low, high: high))
    }
  }

  private static var maxabsScale: Builtin {
    Builtin(
      "maxabs_scale(columns...)", "Divides numbers by the largest size, so that zeros stay zeros.",
      details: stepDetails,
      examples: ["maxabs_scale(table({x: [-4, 0, 2]})).x": "float64([-1.0, 0.0, 0.5])"]
    ) { (columns: StepColumns) in try columns.step("maxabs_scale", way: SizeScaling()) }
  }

  private static var robustScale: Builtin {
    Builtin(
      "robust_scale(columns..., low = 0.25, high = 0.75)",
      "Scales numbers to median 0 and distance 1 between two quantiles, which outliers do not move.",
      details: stepDetails,
      examples: [
        "robust_scale(table({x: [1, 2, 3, 4, 1000]})).x": "float64([-1.0, -0.5, 0.0, 0.5, 498.5])"
      ]
    ) { (columns: StepColumns, low: Double, high: Double) in
      try requireShares(low, high)
      return try columns.step(
        "robust_scale", [("low", .float(low), .float(0.25)), ("high", .float(high), .float(0.75))],
        way: RobustScaling(low: low, high: high))
    }
  }

  private static func requireShares(_ low: Double, _ high: Double) throws {
    try Settings.require(
      0 <= low && low < high && high <= 1, "the shares must be from 0 to 1, the lower one first")
  }

  private static var quantileTransform: Builtin {
    Builtin(
      "quantile_transform(columns..., output = \"uniform\", quantiles = 1000)",
      "Turns each number into the share of numbers below it, or into what a normal distribution has there.",
      details: "`output` is `\"uniform\"` or `\"normal\"`. " + stepDetails,
      examples: ["quantile_transform(table({x: [1, 10, 100]})).x": "float64([0.0, 0.5, 1.0])"]
    ) { (columns: StepColumns, output: String, quantiles: Int) in
      try requireOne(output, of: ["uniform", "normal"], "output")
      try Settings.require((1...100_000).contains(quantiles), "`quantiles` is from 1 to 100000")
      return try columns.step(
        "quantile_transform",
        [
          ("output", .string(output), .string("uniform")),
          ("quantiles", .int(quantiles), .int(1000)),
        ], way: QuantileScaling(count: quantiles, isNormal: output == "normal"))
    }
  }

  private static var powerTransform: Builtin {
    Builtin(
      "power_transform(columns..., method = \"yeo-johnson\", standardize = true)",
      "Raises numbers to the power that makes them most like a normal distribution.",
      details: """
        `method` may also be `"box-cox"`, for numbers above zero. They are standardised then, unless `standardize` is `false`. 
        """ + stepDetails,
      examples: [
        "abs(round(sum(power_transform(table({x: [1, 2, 4, 8]})).x), 6))": "float64(0.0)"
      ]
    ) { (columns: StepColumns, method: String, standardize: Bool) in
      try requireOne(method, of: ["yeo-johnson", "box-cox"], "method")
      return try columns.step(
        "power_transform",
        [
          ("method", .string(method), .string("yeo-johnson")),
          ("standardize", .bool(standardize), .bool(true)),
        ], way: PowerScaling(isBoxCox: method == "box-cox", standardizes: standardize))
    }
  }

  private static var clipOutliers: Builtin {
    Builtin(
      "clip_outliers(columns..., by = \"iqr\", factor = nothing)",
      "Moves numbers that lie far out to the nearest bound.",
      details: """
        By `"iqr"` the bounds are 1.5 times the distance of the quartiles beyond the quartiles, by `"z-score"` 3 standard deviations \
        around the mean; `factor` is another number than those. `outliers(table)` lists them. 
        """ + stepDetails,
      examples: ["max(clip_outliers(table({x: [1, 2, 3, 4, 1000]})).x)": "float64(7.0)"]
    ) { (columns: StepColumns, by: String, factor: Double?) in
      let bounds = try outlierBounds(by, factor)
      return try columns.step(
        "clip_outliers",
        [("by", .string(by), .string("iqr")), ("factor", factor.value, .nothing)],
        way: Clipping(bounds))
    }
  }

  /// The bounds beyond which a number is an outlier.
  static func outlierBounds(_ by: String, _ factor: Double?) throws -> Clipping.Bounds {
    try requireOne(by, of: ["iqr", "z-score"], "by")
    try Settings.require(factor.map { $0 > 0 && $0.isFinite } ?? true, "`factor` is above 0")
    return by == "iqr" ? .quartiles(factor: factor ?? 1.5) : .deviations(factor ?? 3)
  }

  private static var winsorize: Builtin {
    Builtin(
      "winsorize(columns..., low = 0.05, high = 0.95)",
      "Moves numbers below one quantile and above another to those.",
      details: stepDetails,
      examples: [
        "winsorize(table({x: range(0, 101)}), low=0.1, high=0.9).x[0:12:11]":
          "float64([10.0, 11.0])"
      ]
    ) { (columns: StepColumns, low: Double, high: Double) in
      try requireShares(low, high)
      return try columns.step(
        "winsorize", [("low", .float(low), .float(0.05)), ("high", .float(high), .float(0.95))],
        way: Clipping(.quantiles(low, high)))
    }
  }

  private static var leaveOut: Builtin {
    Builtin(
      "leave_out(columns...)", "Leaves columns out.",
      details:
        "As a step it belongs to the model, and is given tables that have them; `without(table, names...)` is the same for one table.",
      examples: ["leave_out(\"id\") >> standardize()": "leave_out(\"id\") >> standardize()"]
    ) { (columns: StepColumns) in
      guard case .names(let names) = columns, !names.isEmpty else {
        throw LanguageError("call/missing", "leave_out names the columns that are left out")
      }
      return try columns.step("leave_out", way: LeavingOut())
    }
  }

  /// Refuses a text that is none of a few.
  static func requireOne(_ text: String, of known: [String], _ name: String) throws {
    guard !known.contains(text) else { return }
    throw LanguageError(
      "value/choice", "`\(name)` cannot be \(Value.string(text).source)",
      help: ["it may be " + known.map { Value.string($0).source }.joined(separator: ", ")])
  }
}

extension Value {
  /// The tensor that it is, or that a list of numbers stands for.
  fileprivate var plainTensor: Tensor? {
    get throws {
      switch self {
      case .tensor(let tensor): tensor
      case .list: try asTensor()
      default: nil
      }
    }
  }
}
