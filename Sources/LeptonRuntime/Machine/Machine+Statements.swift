import LeptonSession
import LeptonSyntax

extension Machine {
  /// Shows the value of an expression at the top of a cell.
  @inline(never)
  func show(_ place: UnsafeMutablePointer<Slot>) throws {
    let slot = place.pointee
    place.pointee = .absent
    try context.show(Value(taking: slot))
  }

  /// Evaluates `record name = value`.
  @inline(never)
  func recordMetric(_ i: Instruction, _ name: Slot, _ frame: UnsafeMutablePointer<Frame>) throws {
    guard case .string(let name) = Value(name) else { return }
    context.emit(.record(try Metric(name: name, of: Value(frame.pointee.base[i.a]))))
  }

  /// Evaluates `expect condition`.
  @inline(never)
  func expect(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) throws {
    let expectation = frame.pointee.prototype.expectations[i.wide]
    let holds = try Truth.of(Value(frame.pointee.base[i.a]))
    let operands = expectation.operands.map {
      Verdict.Operand(source: $0.source, value: Value(frame.pointee.base[$0.register]).display)
    }.filter { $0.source != $0.value }
    let message = expectation.message.map { Value(frame.pointee.base[$0]).text } ?? ""
    let span = frame.pointee.prototype.spans[frames[frameCount - 1].index]
    context.emit(
      .verdict(
        Verdict(
          holds: holds, condition: expectation.condition, operands: holds ? [] : operands,
          message: message, line: frame.pointee.prototype.source.location(of: span.start).line)))
  }

  /// Evaluates `import …`.
  @inline(never)
  func importModule(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) throws {
    let module = frame.pointee.prototype.modules[i.wide]
    let source = frame.pointee.prototype.source
    do {
      put(
        Slot(try context.interpreter.importModule(module, from: source)), frame.pointee.base + i.a)
    } catch var raised as Raised {
      let span = span(of: frames[frameCount - 1])
      raised.notes.append(Diagnostic.Note("it is imported here", source: source, span: span))
      throw raised
    }
  }
}

extension Metric {
  /// Takes a number or a truth as a named result.
  init(name: String, of value: Value) throws {
    switch value {
    case .int(let int): self.init(name: name, value: Double(int), isInteger: true)
    case .float(let float): self.init(name: name, value: float, isInteger: false)
    case .bool(let bool): self.init(name: name, value: bool ? 1 : 0, isInteger: true)
    case .tensor(let tensor) where tensor.shape.count == 1:
      let isFloat = tensor.elementType.isFloat
      self.init(name: name, value: try tensor.item(), isInteger: !isFloat)
    default: throw LanguageError.notRecordable(name, value)
    }
  }
}
