/// A callable or an object on the heap of the machine.
final class Box {
  /// The value.
  let value: Value

  init(_ value: Value) { self.value = value }
}

/// The values that a function captured when it was made, and how it is called.
///
/// It does not hold the group of the function, which holds it; functions as values do.
final class Captures: ManagedBuffer<CallTarget, Slot> {
  /// Takes what a function captures, which a closure gives one by one with its count.
  @inline(__always)
  static func of(
    _ prototype: Prototype, group: Group? = nil,
    _ slot: (Prototype.Capture) -> Slot = { _ in .absent }
  ) -> Captures {
    let sources = prototype.captureSources.first
    let count = prototype.captureSources.count
    let captures = create(minimumCapacity: count) { buffer in
      buffer.withUnsafeMutablePointerToElements { slots in
        for index in 0..<count { (slots + index).initialize(to: slot(sources[index])) }
        return CallTarget(prototype, captures: slots, count: count, group: group)
      }
    }
    Counting.retain(prototype)
    return unsafeDowncast(captures, to: Captures.self)
  }

  /// How the function is called, as long as this is held.
  var target: UnsafePointer<CallTarget> {
    withUnsafeMutablePointerToHeader { UnsafePointer($0) }
  }

  deinit {
    for index in 0..<header.captureCount { header.captures[index].release() }
    Counting.release(header.prototype)
  }
}

/// Those `fn`s of one cell, file or function body that mention each other, and so may call each other
/// whatever their order.
///
/// It holds what each of them captured, not the functions themselves, so that they are not held in a
/// circle.
final class Group {
  /// The functions, in the order in which they stand.
  let prototypes: [Prototype]
  /// What each captured; `nil` before its definition ran.
  private(set) var captures: [Captures?]
  /// How each is called; `nil` before its definition ran.
  let targets: UnsafeMutablePointer<UnsafePointer<CallTarget>?>

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
    targets[index] = captured.target
  }

  /// A function as a value; `nil` before its definition ran.
  func closure(_ index: Int) -> Closure? {
    captures[index].map { Closure($0) }
  }
}
