// The parameters that change as one vector, for optimizers that make their steps outside of a plan.
extension TrainingState {
  /// The parameters that change, one after the other.
  public var numbers: [Double] {
    trainable.flatMap { read(pointer(to: $0), $0) }
  }

  /// The sum of gradients with respect to them, in the same order.
  public var gradients: [Double] {
    get throws {
      guard let slot = update.gradientSlot else { throw TrainingState.misfit }
      return trainable.flatMap { read(memoryPointer(to: $0, slot), $0) }
    }
  }

  /// Sets the parameters that change, and starts the sum of gradients again at 0.
  ///
  /// Throws `training/state` if there are not as many numbers, or no gradients are added up.
  public func set(_ numbers: [Double]) throws {
    guard let slot = update.gradientSlot,
      numbers.count == trainable.reduce(0, { $0 + forms[$1].shape.count })
    else { throw TrainingState.misfit }
    var place = 0
    for index in trainable {
      let count = forms[index].shape.count
      let target = pointer(to: index).assumingMemoryBound(to: Float.self)
      for offset in 0..<count { target[offset] = Float(numbers[place + offset]) }
      memoryPointer(to: index, slot).assumingMemoryBound(to: Float.self)
        .update(repeating: 0, count: count)
      place += count
    }
  }

  private func read(_ memory: UnsafeMutableRawPointer, _ parameter: Int) -> [Double] {
    let source = memory.assumingMemoryBound(to: Float.self)
    return (0..<forms[parameter].shape.count).map { Double(source[$0]) }
  }
}
