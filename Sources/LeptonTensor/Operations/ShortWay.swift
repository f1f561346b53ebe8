// The short way of operations: the loop of the operation alone, on the elements as they stand, without rule,
// work and tiles. Operands of one form go it whatever their size, by runs that threads share. The loop is
// the one that tiles run, and gives each element from those at its place, so the result is the same bits.

/// What an operand is, as far as the short way asks.
public enum PlainOperand {
  case tensor(Tensor)
  /// A number that is exactly this fraction.
  case number(Double)
  /// Anything else.
  case other
}

extension Operation {
  /// The most elements that go the short way where a number is spread beside them, or they are folded.
  static let few = BlockProgram.block
  /// The elements of a run that one thread takes whole.
  private static let run = 1024

  /// The loops of an operation that gives each element from those at its place, for fractions.
  struct ShortLoops: Sendable {
    let single: BlockLoop
    let double: BlockLoop
    /// Whether the results are truths.
    let givesTruths: Bool
  }

  /// Folds elements that lie side by side into one, for a type.
  typealias ShortFold =
    @Sendable (ElementType, _ x: UnsafeRawPointer, _ count: Int, _ output: UnsafeMutableRawPointer)
    -> Bool

  /// The result for one operand.
  func applied(_ a: some TensorOperand) throws -> Tensor {
    if case .tensor(let x) = a.plain, let loop = shortLoop(x.form), let source = x.held {
      let bytes = x.elementType.byteCount
      return try written(x.form) { target, places in
        let x = source.pointer + places.lowerBound * bytes
        loop(target, x, x, x, x, places.count)
      }
    }
    return try applied(agreeing: [a])
  }

  /// The result for two operands.
  func applied(_ a: some TensorOperand, _ b: some TensorOperand) throws -> Tensor {
    try appliedShortly(a.plain, b.plain) ?? applied(agreeing: [a, b])
  }

  private func appliedShortly(_ a: PlainOperand, _ b: PlainOperand) throws -> Tensor? {
    switch (a, b) {
    case (.tensor(let a), .tensor(let b)):
      guard let loop = shortLoop(a.form), a.form == b.form, let x = a.held, let y = b.held else {
        return nil
      }
      let bytes = a.elementType.byteCount
      return try written(a.form) { target, places in
        let (x, y) = (
          x.pointer + places.lowerBound * bytes, y.pointer + places.lowerBound * bytes
        )
        loop(target, x, y, y, y, places.count)
      }
    case (.tensor(let a), .number(let number)):
      guard a.shape.count <= Self.few, let loop = shortLoop(a.form), let x = a.held else {
        return nil
      }
      return try written(a.form) { target, places in
        a.form.spread(number) { loop(target, x.pointer, $0, $0, $0, places.count) }
      }
    case (.number(let number), .tensor(let b)):
      guard b.shape.count <= Self.few, let loop = shortLoop(b.form), let y = b.held else {
        return nil
      }
      return try written(b.form) { target, places in
        b.form.spread(number) { loop(target, $0, y.pointer, y.pointer, y.pointer, places.count) }
      }
    default: return nil
    }
  }

  /// The loop for operands of a form; `nil` if they are none or no fractions.
  private func shortLoop(_ form: Form) -> BlockLoop? {
    guard let shortLoops, form.shape.count > 0 else { return nil }
    return switch form.elementType {
    case .float32: shortLoops.single
    case .float64: shortLoops.double
    default: nil
    }
  }

  /// A tensor of the result's form, whose elements at some places a closure writes to where the first of them is
  /// to stand; many are written by all threads.
  private func written(
    _ form: Form,
    _ body: @Sendable (_ target: UnsafeMutableRawPointer, _ places: Range<Int>) -> Void
  ) throws -> Tensor {
    let form = shortLoops?.givesTruths == true ? Form(form.shape, .bool) : form
    let storage = try Storage(byteCount: form.byteCount)
    let (count, bytes) = (form.shape.count, form.elementType.byteCount)
    if count < Execution.small {
      body(storage.pointer, 0..<count)
    } else {
      Execution.split((count + Self.run - 1) / Self.run) { runs in
        let start = runs.lowerBound * Self.run
        body(storage.pointer + start * bytes, start..<Swift.min(count, runs.upperBound * Self.run))
      }
    }
    return Tensor(form: form, content: .elements(storage))
  }

  /// The fold of all elements of a tensor with one axis; `nil` if they are too many.
  func folded(_ x: Tensor, keepingDimensions keep: Bool) throws -> Tensor? {
    guard let shortFold, x.shape.rank == 1, 1...Self.few ~= x.shape.count, let source = x.held
    else {
      return nil
    }
    let shape = keep ? try Shape([1]) : .scalar
    let storage = try Storage(byteCount: x.elementType.byteCount)
    guard shortFold(x.elementType, source.pointer, x.shape.count, storage.pointer) else {
      return nil
    }
    return Tensor(form: Form(shape, x.elementType), content: .elements(storage))
  }
}

extension Tensor {
  /// The most multiplications that a matrix product does the short way.
  private static let fewProducts = 512

  /// The matrix product of few numbers, whose inner sizes agree; `nil` if they are too many or no float32.
  ///
  /// Each element is the chain of fused multiply-adds that the kernel makes.
  func multipliedShortly(by other: Tensor) throws -> Tensor? {
    guard elementType == .float32, other.elementType == .float32, shape.rank <= 2,
      other.shape.rank <= 2, let x = held, let y = other.held
    else { return nil }
    let inner = shape[shape.rank - 1]
    let rows = shape.rank == 2 ? shape[0] : 1
    let columns = other.shape.rank == 2 ? other.shape[1] : 1
    guard Swift.min(rows, columns, inner) > 0,
      Swift.max(rows, columns, inner) <= Self.fewProducts,
      rows * columns * inner <= Self.fewProducts, inner <= MatrixLayout.longestChain
    else { return nil }
    let form = Form(
      shape.rank + other.shape.rank == 2
        ? .scalar : try Shape(Array(shape.sizes.dropLast() + other.shape.sizes.dropFirst())),
      .float32)
    let storage = try Storage(byteCount: form.byteCount)
    let (a, b) = (x.floats, y.floats)
    for row in 0..<rows {
      for column in 0..<columns {
        var sum: Float = 0
        for place in 0..<inner {
          sum.addProduct(a[row * inner + place], b[place * columns + column])
        }
        storage.floats[row * columns + column] = sum
      }
    }
    return Tensor(form: form, content: .elements(storage))
  }

  /// The storage, if the tensor holds its elements itself.
  var held: Storage? {
    if case .elements(let storage) = content { storage } else { nil }
  }
}

extension Form {
  /// Lends memory in which a number stands as often as there are elements.
  fileprivate func spread(_ number: Double, _ body: (UnsafeRawPointer) -> Void) {
    let bytes = byteCount + Storage.slack
    // The stack gives no larger alignment.
    withUnsafeTemporaryAllocation(byteCount: bytes, alignment: 16) { memory in
      if elementType == .float32 {
        memory.initializeMemory(as: Float.self, repeating: Float(number))
      } else {
        memory.initializeMemory(as: Double.self, repeating: number)
      }
      if let base = memory.baseAddress { body(base) }
    }
  }
}

extension Storage {
  /// The elements, where they are float32.
  fileprivate var floats: UnsafeMutablePointer<Float> {
    pointer.assumingMemoryBound(to: Float.self)
  }
}
