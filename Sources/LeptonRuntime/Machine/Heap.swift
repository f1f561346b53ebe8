/// A callable or an object on the heap of the machine.
final class Box {
  /// The value.
  let value: Value

  init(_ value: Value) { self.value = value }
}

/// The values that a function captured when it was made.
final class Captures {
  /// The values, each of which holds a count.
  let slots: UnsafeMutablePointer<Slot>
  /// How many there are.
  let count: Int

  /// Makes room for values, each of which a closure gives with its count.
  init(count: Int, _ slot: (Int) -> Slot) {
    self.count = count
    slots = .allocate(capacity: max(count, 1))
    for index in 0..<count { (slots + index).initialize(to: slot(index)) }
  }

  deinit {
    for index in 0..<count { slots[index].release() }
    slots.deallocate()
  }
}

/// The `fn`s of one cell, file or function body, which may call each other whatever their order.
///
/// It holds what each of them captured, not the functions themselves, so that nothing is held in a
/// circle.
final class Group {
  /// The functions, in the order in which they stand.
  let prototypes: [Prototype]
  /// What each captured; `nil` before its definition ran.
  private(set) var captures: [Captures?]
  /// How each is called; meaningless before its definition ran.
  private let targets: UnsafeMutablePointer<CallTarget?>

  init(_ prototypes: [Prototype]) {
    self.prototypes = prototypes
    captures = Array(repeating: nil, count: prototypes.count)
    targets = .allocate(capacity: max(prototypes.count, 1))
    targets.initialize(repeating: nil, count: prototypes.count)
  }

  deinit { targets.deallocate() }

  /// Writes down what a function captured when its definition ran.
  func define(_ index: Int, _ captured: Captures) {
    captures[index] = captured
    targets[index] = CallTarget(prototypes[index], captures: captured.slots, group: self)
  }

  /// How a function is called; `nil` before its definition ran.
  @inline(__always)
  func target(_ index: Int) -> CallTarget? { targets[index] }

  /// A function as a value; `nil` before its definition ran.
  func closure(_ index: Int) -> Closure? {
    captures[index].map { Closure(prototypes[index], captures: $0, group: self) }
  }
}
