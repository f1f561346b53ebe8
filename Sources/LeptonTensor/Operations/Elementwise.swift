// How rows of element-wise operations are made. Operands broadcast; they have one element type by
// the time a row sees them (see `Typing`).

/// A function of one element, for all element types.
protocol UnaryBody: SendableMetatype {
  static func apply<T: Arithmetic>(_ a: T) -> T
}

/// A function of two elements, for all element types.
protocol BinaryBody: SendableMetatype {
  static func apply<T: Arithmetic>(_ a: T, _ b: T) -> T
}

/// A question about two elements.
protocol ComparisonBody: SendableMetatype {
  static func apply<T: Arithmetic>(_ a: T, _ b: T) -> Bool
}

/// How the element types of operands are made to agree before a row sees them.
enum Typing: Sendable {
  /// As they are.
  case given
  /// All promoted to one type.
  case promoted
  /// All promoted to one type; a whole number that does not fit beside a tensor is compared as int64.
  case compared
  /// All promoted to one type, which holds fractions.
  case fractions
  /// All made truths.
  case truths
  /// The first made a truth, the others promoted to one type.
  case choice
}

extension Operation {
  /// Makes the row of an element-wise operation.
  static func elementwise(
    _ name: String, _ document: String, typing: Typing = .promoted,
    result: @escaping @Sendable ([Form], Attributes) throws -> ElementType = { f, _ in
      f[f.count - 1].elementType
    },
    loop: @escaping @Sendable (ElementType, Attributes) -> BlockLoop,
    derivative: Derivative = .none
  ) -> Operation {
    var row = Operation(
      name, document,
      rule: { forms, attributes in
        let shape = try forms.dropFirst().reduce(forms[0].shape) {
          try $0.broadcast(with: $1.shape)
        }
        return Form(shape, try result(forms, attributes))
      },
      kernel: { problem in
        let type = problem.inputs[problem.inputs.count - 1].elementType
        let instruction = BlockProgram.Instruction(
          loop: loop(type, problem.attributes), target: .output(0),
          sources: problem.inputs.indices.map { .operand($0) })
        return BlockProgram(
          operands: problem.inputs, outputs: [problem.output], instructions: [instruction],
          registers: 0
        ).work()
      },
      derivative: derivative, batching: .elementwise)
    row.blockLoop = loop
    row.typing = typing
    if [.promoted, .compared, .fractions].contains(typing) {
      let attributes = Attributes()
      row.shortLoops = ShortLoops(
        single: loop(.float32, attributes), double: loop(.float64, attributes),
        givesTruths: typing == .compared)
    }
    return row
  }

  static func unary<Body: UnaryBody>(
    _ name: String, _ document: String, _ body: Body.Type, derivative: Derivative = .none
  ) -> Operation {
    @inline(__always) @Sendable func make<T: Arithmetic>(_ type: T.Type) -> BlockLoop {
      LeptonTensor.loop { (a: T) in Body.apply(a) }
    }
    return elementwise(
      name, document,
      loop: { type, _ in
        switch type {
        case .float32: make(Float.self)
        case .float64: make(Double.self)
        case .int64: make(Int.self)
        case .int32: make(Int32.self)
        case .uint8: make(UInt8.self)
        case .int8: make(Int8.self)
        case .bool: make(Truth.self)
        }
      }, derivative: derivative)
  }

  static func binary<Body: BinaryBody>(
    _ name: String, _ document: String, _ body: Body.Type, typing: Typing = .promoted,
    result: @escaping @Sendable ([Form], Attributes) throws -> ElementType = { f, _ in
      f[0].elementType
    },
    derivative: Derivative = .none
  ) -> Operation {
    @inline(__always) @Sendable func make<T: Arithmetic>(_ type: T.Type) -> BlockLoop {
      LeptonTensor.loop { (a: T, b: T) in Body.apply(a, b) }
    }
    return elementwise(
      name, document, typing: typing, result: result,
      loop: { type, _ in
        switch type {
        case .float32: make(Float.self)
        case .float64: make(Double.self)
        case .int64: make(Int.self)
        case .int32: make(Int32.self)
        case .uint8: make(UInt8.self)
        case .int8: make(Int8.self)
        case .bool: make(Truth.self)
        }
      }, derivative: derivative)
  }

  static func comparison<Body: ComparisonBody>(
    _ name: String, _ document: String, _ body: Body.Type
  ) -> Operation {
    @inline(__always) @Sendable func make<T: Arithmetic>(_ type: T.Type) -> BlockLoop {
      LeptonTensor.loop { (a: T, b: T) in Truth(Body.apply(a, b)) }
    }
    return elementwise(
      name, document, typing: .compared, result: { _, _ in .bool },
      loop: { type, _ in
        switch type {
        case .float32: make(Float.self)
        case .float64: make(Double.self)
        case .int64: make(Int.self)
        case .int32: make(Int32.self)
        case .uint8: make(UInt8.self)
        case .int8: make(Int8.self)
        case .bool: make(Truth.self)
        }
      })
  }

  /// Makes the row of a function of fractions, from a loop over vectors and a body for float64.
  static func function(
    _ name: String, _ document: String, _ single: @escaping BlockLoop,
    _ double: @escaping BlockLoop, derivative: Derivative = .none
  ) -> Operation {
    elementwise(
      name, document, typing: .fractions,
      loop: { type, _ in type == .float32 ? single : double }, derivative: derivative)
  }
}

extension Derivative {
  /// The rule of a function of one operand: x, y = f(x) and the gradient of y give that of x.
  static func unary(
    _ body: @escaping @Sendable (_ x: Tensor, _ y: Tensor, _ g: Tensor) throws -> Tensor
  ) -> Derivative {
    .rule { [try body($0.inputs[0], $0.output, $0.gradient)] }
  }

  /// The rule of a function of two operands that broadcast; each part is made only if wanted.
  static func binary(
    _ first:
      @escaping @Sendable (_ a: Tensor, _ b: Tensor, _ y: Tensor, _ g: Tensor) throws ->
      Tensor,
    _ second:
      @escaping @Sendable (_ a: Tensor, _ b: Tensor, _ y: Tensor, _ g: Tensor) throws ->
      Tensor
  ) -> Derivative {
    .rule { step in
      let (a, b, y, g) = (step.inputs[0], step.inputs[1], step.output, step.gradient)
      return [
        step.wanted[0] ? try first(a, b, y, g).summed(to: a.shape) : nil,
        step.wanted[1] ? try second(a, b, y, g).summed(to: b.shape) : nil,
      ]
    }
  }
}

extension Tensor {
  /// The sum over the axes along which `shape` would broadcast to this tensor's shape.
  func summed(to target: Shape) throws -> Tensor {
    if shape == target { return self }
    let lead = shape.rank - target.rank
    let axes = shape.sizes.indices.filter { axis in
      axis < lead || (target[axis - lead] == 1 && shape[axis] != 1)
    }
    return try sum(axes: axes).reshaped(to: target.sizes)
  }
}

extension Operation {
  /// The result for three operands and numbers, made to agree as the row wants it.
  func applied(
    _ a: some TensorOperand, _ b: some TensorOperand, _ c: some TensorOperand
  ) throws -> Tensor {
    try applied(agreeing: [a, b, c])
  }

  /// The same for any number of operands.
  func applied(agreeing operands: [any TensorOperand]) throws -> Tensor {
    let first = typing == .choice ? 1 : 0
    let strong = operands.dropFirst(first).compactMap(\.strongType)
    let beside = strong.isEmpty ? nil : strong.reduce(strong[0]) { $0.promoted(with: $1) }
    var tensors: [Tensor]
    do {
      tensors = try operands.map { try $0.tensor(beside: beside) }
    } catch  where typing == .compared && beside?.isInteger == true {
      tensors = try operands.map { try $0.tensor(beside: .int64) }
    }
    let types = tensors.dropFirst(first).map(\.elementType)
    let common = types.reduce(types[0]) { $0.promoted(with: $1) }
    for index in tensors.indices {
      switch typing {
      case .given: break
      case .promoted, .compared: tensors[index] = try tensors[index].cast(to: common)
      case .fractions: tensors[index] = try tensors[index].cast(to: common.asFloat)
      case .truths: tensors[index] = try tensors[index].cast(to: .bool)
      case .choice: tensors[index] = try tensors[index].cast(to: index == 0 ? .bool : common)
      }
    }
    return try applied(tensors)
  }
}
