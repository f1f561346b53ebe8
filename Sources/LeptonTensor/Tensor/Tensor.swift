/// An immutable array of numbers with any number of axes.
///
/// A tensor either holds its elements (row-major, without gaps) or stands for the result of a step
/// of a ``Trace``. Operations on tensors that hold elements compute at once; as soon as one operand
/// belongs to a trace, the operation is recorded there instead.
public struct Tensor: Sendable {
  /// Where the elements come from.
  enum Content: Sendable {
    case elements(Storage)
    case node(Trace, Int)
  }

  /// What a tensor refers to, so that handing it on counts one reference.
  private final class Body: Sendable {
    let form: Form
    let content: Content

    init(_ form: Form, _ content: Content) {
      self.form = form
      self.content = content
    }
  }

  private let body: Body

  /// Shape and element type.
  var form: Form { body.form }
  var content: Content { body.content }

  init(form: Form, content: Content) { body = Body(form, content) }

  /// The sizes of the axes.
  public var shape: Shape { form.shape }
  /// The type of the elements.
  public var elementType: ElementType { form.elementType }
  /// What tells this tensor from others as long as it is held.
  public var identity: ObjectIdentifier { ObjectIdentifier(body) }
  /// Whether the tensor stands for a step of a trace.
  public var isTraced: Bool { trace != nil }
  /// The trace to which the tensor belongs.
  public var trace: Trace? {
    if case .node(let trace, _) = content { trace } else { nil }
  }
}

/// What is known of a tensor before it is computed: shape and element type.
public struct Form: Sendable, Hashable {
  /// The sizes of the axes.
  public let shape: Shape
  /// The type of the elements.
  public let elementType: ElementType

  /// Makes a form.
  public init(_ shape: Shape, _ elementType: ElementType) {
    self.shape = shape
    self.elementType = elementType
  }

  /// The bytes of all elements.
  public var byteCount: Int { shape.count * elementType.byteCount }
}

extension Tensor {
  /// Makes a tensor of given elements, converted to `type` (by default to their own type).
  ///
  /// Throws `shape/count` if the shape does not hold as many.
  public init<E: Element>(_ elements: [E], shape: [Int], type: ElementType? = nil) throws {
    let shape = try Shape(shape)
    guard shape.count == elements.count else {
      throw TensorError(
        "shape/count", "\(elements.count) elements do not fill shape \(shape)",
        help: ["it holds \(shape.count)"])
    }
    let own = try Tensor(form: Form(shape, E.elementType)) { target in
      elements.withUnsafeBytes { target.copyMemory(from: $0) }
    }
    self = try type.map(own.cast) ?? own
  }

  /// Makes a tensor of truths.
  ///
  /// Throws `shape/count` if the shape does not hold as many.
  public init(_ elements: [Bool], shape: [Int], type: ElementType? = nil) throws {
    try self.init(elements.map { Truth($0) }, shape: shape, type: type)
  }

  /// Makes a tensor without axes, holding one number.
  public init(scalar value: Double, _ type: ElementType = .float32) throws {
    try self.init(repeating: value, shape: [], type: type)
  }

  /// Makes a tensor that holds one number everywhere.
  public init(repeating value: Double, shape: [Int], type: ElementType = .float32) throws {
    func first<E: Element>(_ type: E.Type, _ target: UnsafeMutableRawBufferPointer) -> Int {
      target.bindMemory(to: E.self)[0] = E(converting: value)
      return MemoryLayout<E>.stride
    }
    try self.init(form: Form(Shape(shape), type)) { target in
      if !target.isEmpty { target.repeatBeginning(first(type.swiftType, target)) }
    }
  }

  /// Makes a tensor that holds one whole number everywhere.
  public init(repeating value: Int, shape: [Int], type: ElementType = .int64) throws {
    func first<E: Element>(_ type: E.Type, _ target: UnsafeMutableRawBufferPointer) -> Int {
      target.bindMemory(to: E.self)[0] = E(converting: value)
      return MemoryLayout<E>.stride
    }
    try self.init(form: Form(Shape(shape), type)) { target in
      if !target.isEmpty { target.repeatBeginning(first(type.swiftType, target)) }
    }
  }

  /// Makes a tensor of a form whose bytes a closure writes, every one of them.
  ///
  /// Bytes of a `bool` tensor must be 0 or 1. Throws `memory/limit`, and what the closure throws.
  public init(
    form: Form, writing body: (UnsafeMutableRawBufferPointer) throws -> Void
  ) throws {
    let storage = try Storage(byteCount: form.byteCount)
    try body(UnsafeMutableRawBufferPointer(start: storage.pointer, count: form.byteCount))
    self.init(form: form, content: .elements(storage))
  }
}

extension Tensor {
  /// The storage of a tensor that holds its elements, or that of the value which its trace keeps.
  var storage: Storage {
    get throws {
      switch content {
      case .elements(let storage): return storage
      case .node(let trace, let index): return try trace.value(at: index).storage
      }
    }
  }

  /// The tensor with its elements: itself, or what its trace has computed for it.
  ///
  /// Throws `trace/read` if it stands for a step of a trace that only records.
  public func evaluated() throws -> Tensor {
    try Tensor(form: form, content: .elements(storage))
  }

  /// Lends the elements' bytes.
  ///
  /// Throws `trace/read` if there are none yet, and what the closure throws.
  public func withUnsafeBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    let storage = try storage
    return try withExtendedLifetime(storage) {
      try body(UnsafeRawBufferPointer(start: storage.pointer, count: form.byteCount))
    }
  }

  /// The elements in row-major order, converted.
  ///
  /// Throws `trace/read` if there are none yet.
  public func elements<E: Element>(as type: E.Type = E.self) throws -> [E] {
    func read<S: Element>(_ source: S.Type) throws -> [E] {
      try withUnsafeBytes { bytes in
        let elements = bytes.bindMemory(to: S.self)
        if S.self == E.self { return Array(bytes.bindMemory(to: E.self)) }
        if S.elementType.isFloat { return elements.map { E(converting: $0.asDouble) } }
        return elements.map { E(converting: $0.asInt) }
      }
    }
    return try read(elementType.swiftType)
  }

  /// The elements at places of the row-major order, converted.
  ///
  /// Throws `trace/read` if there are none yet.
  ///
  /// - Precondition: Each place is that of an element.
  public func elements<E: Element>(as type: E.Type = E.self, at places: [Int]) throws -> [E] {
    func read<S: Element>(_ source: S.Type) throws -> [E] {
      try withUnsafeBytes { bytes in
        let elements = bytes.bindMemory(to: S.self)
        return places.map {
          S.elementType.isFloat
            ? E(converting: elements[$0].asDouble) : E(converting: elements[$0].asInt)
        }
      }
    }
    return try read(elementType.swiftType)
  }

  /// The only element as a fraction.
  ///
  /// Throws `shape/item` if there is not exactly one, `trace/read` if it is not known yet.
  public func item() throws -> Double {
    guard shape.count == 1 else {
      throw TensorError("shape/item", "a tensor of shape \(shape) is not a single number")
    }
    return try elements(as: Double.self)[0]
  }

  /// The only element as a whole number.
  ///
  /// Throws `shape/item` if there is not exactly one, `trace/read` if it is not known yet.
  public func integerItem() throws -> Int {
    guard shape.count == 1 else {
      throw TensorError("shape/item", "a tensor of shape \(shape) is not a single number")
    }
    return try elements(as: Int.self)[0]
  }
}

extension UnsafeMutableRawBufferPointer {
  /// Fills the rest with copies of the first bytes, from a piece that stays in the cache.
  fileprivate func repeatBeginning(_ byteCount: Int) {
    guard let baseAddress else { return }
    var filled = byteCount
    while filled < count {
      let piece = Swift.min(filled, count - filled, 1 << 14)
      (baseAddress + filled).copyMemory(from: baseAddress, byteCount: piece)
      filled += piece
    }
  }
}
