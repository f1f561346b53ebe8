import LeptonTensor

extension Dataset {
  /// Weights of examples, or of classes, as they are kept; none may be negative or no number.
  public static func checked(
    _ weights: Tensor, _ count: Int, of kind: String = "examples"
  ) throws -> Tensor {
    guard weights.shape.sizes == [count] else {
      throw TensorError(
        "data/weights", "weights of shape \(weights.shape) do not fit \(count) \(kind)",
        help: ["give one number for each of the \(kind)"])
    }
    if let bad = try weights.elements(as: Double.self).first(where: { !($0 >= 0 && $0.isFinite) }) {
      throw TensorError(
        "data/weights", "a weight must be a number from 0 on, not \(shortest(bad))")
    }
    return try weights.cast(to: .float32)
  }

  /// All inputs, all targets, and how much each row counts in training, its class's weight included, unless
  /// all count as much.
  ///
  /// - Throws: `TensorError` with code `data/weights` if the classes do not fit.
  func resident(_ classWeights: [Double]?) throws -> [Tensor] {
    let table = try classTable(classWeights)
    let weights = try Dataset.weights(allWeights, of: allTargets, by: table)
    return [allInputs, allTargets] + (weights.map { [$0] } ?? [])
  }

  /// The weights of the classes as a tensor to look up.
  ///
  /// - Throws: `TensorError` with code `data/weights` if they do not fit.
  func classTable(_ weights: [Double]?) throws -> Tensor? {
    guard let weights else { return nil }
    try requireClasses()
    let classes = try classNames().count
    guard weights.count == classes else {
      throw TensorError(
        "data/weights", "\(weights.count) class weights do not fit \(classes) classes",
        help: ["give one number for each class, in their order"])
    }
    return try Dataset.checked(Tensor(weights, shape: [classes]), classes)
  }

  /// The weights of examples, those of their classes included.
  static func weights(_ own: Tensor?, of targets: Tensor, by table: Tensor?) throws -> Tensor? {
    guard let table else { return own }
    let ofClasses = try table.gathered(targets.cast(to: .int64))
    return try own.map { try $0.multiplying(ofClasses) } ?? ofClasses
  }

  /// The weights with which all classes count as much: `count / (classes · count of the class)`.
  public func balancedWeights() throws -> [Double] {
    try requireClasses()
    var counts = [Int](repeating: 0, count: try classNames().count)
    try forEachPart { part in
      for label in try part.targets().elements(as: Int.self) where label >= 0 {
        counts[label] += 1
      }
    }
    return counts.map { $0 == 0 ? 0 : Double(count) / Double(counts.count * $0) }
  }

  private func requireClasses() throws {
    guard isClassified, targetShape.isEmpty else {
      throw TensorError(
        "data/weights", "class weights need targets that are one class for each example")
    }
  }
}
