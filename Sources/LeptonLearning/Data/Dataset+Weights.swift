import LeptonTensor

extension Dataset {
  /// Weights as they are kept; none may be negative or no number.
  static func checked(_ weights: Tensor, _ count: Int) throws -> Tensor {
    guard weights.shape.sizes == [count] else {
      throw TensorError(
        "data/weights", "weights of shape \(weights.shape) do not fit \(count) examples",
        help: ["give one number for each example"])
    }
    if let bad = try weights.elements(as: Double.self).first(where: { !($0 >= 0 && $0.isFinite) }) {
      throw TensorError(
        "data/weights", "a weight must be a number from 0 on, not \(shortest(bad))")
    }
    return try weights.cast(to: .float32)
  }

  /// How much each row counts in training, its class's weight included; nothing if all count as much.
  ///
  /// - Throws: `TensorError` with code `data/weights` if the classes do not fit.
  func rowWeights(_ classWeights: [Double]?) throws -> Tensor? {
    guard let classWeights else { return allWeights }
    let classes = try classNames().count
    guard isClassified, targetShape.isEmpty else {
      throw TensorError(
        "data/weights", "class weights need targets that are one class for each example")
    }
    guard classWeights.count == classes else {
      throw TensorError(
        "data/weights", "\(classWeights.count) class weights do not fit \(classes) classes",
        help: ["give one number for each class, in their order"])
    }
    let table = try Dataset.checked(
      Tensor(classWeights, shape: [classes]), classes)
    let own = try table.gathered(allTargets.cast(to: .int64))
    return try allWeights.map { try $0.multiplying(own) } ?? own
  }

  /// The weights with which all classes count as much: `count / (classes · count of the class)`.
  public func balancedWeights() throws -> [Double] {
    guard isClassified, targetShape.isEmpty else {
      throw TensorError(
        "data/weights", "class weights need targets that are one class for each example")
    }
    var counts = [Int](repeating: 0, count: try classNames().count)
    for label in try targets().elements(as: Int.self) { counts[label] += 1 }
    return counts.map { $0 == 0 ? 0 : Double(count) / Double(counts.count * $0) }
  }
}
