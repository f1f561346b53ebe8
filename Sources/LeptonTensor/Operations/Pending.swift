extension Operation {
  /// Pending.
  public static let add = pending("add")
  /// Pending.
  public static let subtract = pending("subtract")
  /// Pending.
  public static let multiply = pending("multiply")
  /// Pending.
  public static let divide = pending("divide")
  /// Pending.
  public static let floorDivide = pending("floorDivide")
  /// Pending.
  public static let remainder = pending("remainder")
  /// Pending.
  public static let power = pending("power")
  /// Pending.
  public static let maximum = pending("maximum")
  /// Pending.
  public static let minimum = pending("minimum")
  /// Pending.
  public static let equal = pending("equal")
  /// Pending.
  public static let notEqual = pending("notEqual")
  /// Pending.
  public static let less = pending("less")
  /// Pending.
  public static let lessOrEqual = pending("lessOrEqual")
  /// Pending.
  public static let greater = pending("greater")
  /// Pending.
  public static let greaterOrEqual = pending("greaterOrEqual")
  /// Pending.
  public static let and = pending("and")
  /// Pending.
  public static let or = pending("or")
  /// Pending.
  public static let not = pending("not")
  /// Pending.
  public static let select = pending("select")
  /// Pending.
  public static let cast = pending("cast")
  /// Pending.
  public static let negate = pending("negate")
  /// Pending.
  public static let exp = pending("exp")
  /// Pending.
  public static let log = pending("log")
  /// Pending.
  public static let squareRoot = pending("squareRoot")
  /// Pending.
  public static let absolute = pending("absolute")
  /// Pending.
  public static let sine = pending("sine")
  /// Pending.
  public static let cosine = pending("cosine")
  /// Pending.
  public static let tanh = pending("tanh")
  /// Pending.
  public static let sigmoid = pending("sigmoid")
  /// Pending.
  public static let relu = pending("relu")
  /// Pending.
  public static let floor = pending("floor")
  /// Pending.
  public static let ceil = pending("ceil")
  /// Pending.
  public static let round = pending("round")
  /// Pending.
  public static let sign = pending("sign")
  /// Pending.
  public static let sum = pending("sum")
  /// Pending.
  public static let product = pending("product")
  /// Pending.
  public static let max = pending("max")
  /// Pending.
  public static let min = pending("min")
  /// Pending.
  public static let anyTrue = pending("any")
  /// Pending.
  public static let allTrue = pending("all")
  /// Pending.
  public static let argmax = pending("argmax")
  /// Pending.
  public static let argmin = pending("argmin")
  /// Pending.
  public static let cumulativeSum = pending("cumulativeSum")
  /// Pending.
  public static let softmax = pending("softmax")
  /// Pending.
  public static let logSoftmax = pending("logSoftmax")
  /// Pending.
  public static let softmaxCrossEntropy = pending("softmaxCrossEntropy")
  /// Pending.
  public static let reshape = pending("reshape")
  /// Pending.
  public static let transpose = pending("transpose")
  /// Pending.
  public static let broadcast = pending("broadcast")
  /// Pending.
  public static let slice = pending("slice")
  /// Pending.
  public static let gather = pending("gather")
  /// Pending.
  public static let scatterAdd = pending("scatterAdd")
  /// Pending.
  public static let concatenate = pending("concatenate")
  /// Pending.
  public static let pad = pending("pad")
  /// Pending.
  public static let sort = pending("sort")
  /// Pending.
  public static let argsort = pending("argsort")
  /// Pending.
  public static let matmul = pending("matmul")
  /// Pending.
  public static let identity = pending("identity")
  /// Pending.
  public static let stop = pending("stop")
  /// Pending.
  public static let randomUniform = pending("randomUniform")
  /// Pending.
  public static let randomNormal = pending("randomNormal")
  /// Pending.
  public static let randomPermutation = pending("randomPermutation")
  private static func pending(_ name: String) -> Operation {
    Operation(
      name, name, rule: { _, _ in throw TensorError("operation/pending", "not yet") },
      kernel: { _ in Work() }, derivative: .none, batching: .elementwise)
  }
  /// All rows.
  public static let all: [Operation] = []

  func applied(_ operands: any TensorOperand...) throws -> Tensor {
    throw TensorError("operation/pending", "not yet")
  }
}
extension Tensor {
  func requireIndices(below size: Int) throws {}
}
