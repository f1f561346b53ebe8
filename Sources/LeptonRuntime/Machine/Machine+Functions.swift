import LeptonTensor

extension Machine {
  /// Makes a group of functions.
  @inline(never)
  func newGroup(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) {
    let group = Group(frame.pointee.prototype.groups[i.wide])
    put(Slot(tag: Slot.Tag.group, retaining: group), frame.pointee.base + i.a)
  }

  /// Fails because a captured name had no value when the function was made.
  @inline(never)
  func failUnset(_ capture: Int, _ frame: UnsafeMutablePointer<Frame>) throws -> Never {
    throw LanguageError.unsetCapture(
      frame.pointee.prototype.captureNames[capture], frame.pointee.prototype.name)
  }

  /// Loads a function of the caller's own group as a value.
  @inline(never)
  func loadSibling(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) throws {
    guard let closure = frame.pointee.target.pointee.group?.takeUnretainedValue().closure(i.wide)
    else {
      throw LanguageError.undefinedSibling(siblingName(i.wide, frame))
    }
    put(Slot(tag: Slot.Tag.closure, retaining: closure), frame.pointee.base + i.a)
  }

  /// Makes a function, which captures now.
  @inline(never)
  func makeClosure(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) {
    frame.pointee.target.pointee.functions[i.wide]._withUnsafeGuaranteedRef { prototype in
      let origin = prototype.isLayer ? origin(of: prototype, madeBy: frame) : nil
      let closure = Closure(capture(prototype, frame), origin: origin)
      put(Slot(tag: Slot.Tag.closure, retaining: closure), frame.pointee.base + i.a)
    }
  }

  /// Defines a function of a group, which captures now.
  @inline(never)
  func define(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) throws {
    guard let group = frame.pointee.base[i.b].group else { return }
    group.define(i.c, capture(group.prototypes[i.c], frame, group: group))
    guard let closure = group.closure(i.c) else { return }
    put(Slot(tag: Slot.Tag.closure, retaining: closure), frame.pointee.base + i.a)
  }

  /// Copies what a function captures.
  private func capture(
    _ prototype: Prototype, _ frame: UnsafeMutablePointer<Frame>, group: Group? = nil
  ) -> Captures {
    Captures.of(prototype, group: group) { source in
      switch source {
      case .register(let register):
        let slot = frame.pointee.base[register]
        slot.retain()
        return slot
      case .capture(let index):
        let slot = frame.pointee.target.pointee.captures[index]
        slot.retain()
        return slot
      case .sibling(let index):
        let closure = frame.pointee.target.pointee.group?.takeUnretainedValue().closure(index)
        return closure.map { Slot(tag: Slot.Tag.closure, retaining: $0) } ?? .absent
      }
    }
  }

  /// Where a layer is made, and by which call: `low_rank(64, 8)`; by none in a cell and in an
  /// anonymous function.
  private func origin(
    of layer: Prototype, madeBy frame: UnsafeMutablePointer<Frame>
  ) -> LayerOrigin {
    let maker = frame.pointee.prototype
    let isNamed = !maker.isCell && !maker.isLayer && !maker.name.hasPrefix("<")
    let isResult = isNamed && layer.isResult
    return context.origin(
      name: isResult ? maker.name : targetName ?? (isNamed ? maker.name : "layer"),
      maker: isResult ? maker.name : nil,
      arguments: isResult
        ? maker.parameters.enumerated().map { place, parameter in
          LayerOrigin.Argument(
            name: parameter.name, value: Value(frame.pointee.base[place]),
            defaultText: parameter.defaultText)
        } : [],
      site: site(outOf: isResult ? 1 : 0))
  }

  /// Checks the shape of an argument or result against the heading and binds the names of sizes; a
  /// list of numbers becomes a tensor.
  @inline(never)
  func checkShape(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) throws {
    let pattern = frame.pointee.prototype.patterns[i.wide]
    guard case .tensor(let tensor) = try Value(frame.pointee.base[i.a]).asTensorIfNumbers() else {
      throw LanguageError.shapeOfOther(
        pattern.parameter, pattern.text, Value(frame.pointee.base[i.a]))
    }
    if !Value(frame.pointee.base[i.a]).isTensor {
      put(Slot(.tensor(tensor)), frame.pointee.base + i.a)
    }
    let sizes = tensor.shape.sizes
    var mismatch: LanguageError {
      .shapeMismatch(pattern, sizes, known: known(pattern, frame.pointee.base))
    }
    var expected = pattern.sizes[...]
    var actual = sizes[...]
    if case .any? = expected.first {
      expected.removeFirst()
      actual = sizes.suffix(expected.count)
    }
    guard expected.count == actual.count else { throw mismatch }
    for (size, found) in zip(expected, actual) {
      switch size {
      case .fixed(let size): if size != found { throw mismatch }
      case .named(_, let register):
        let place = frame.pointee.base + register
        if place.pointee.tag == Slot.Tag.int, place.pointee.int != found { throw mismatch }
        put(Slot(int: found), place)
      case .any: break
      }
    }
  }

  /// The sizes that the names of a pattern have, each once.
  private func known(
    _ pattern: Prototype.Pattern, _ base: UnsafeMutablePointer<Slot>
  ) -> [(name: String, size: Int)] {
    var known: [(name: String, size: Int)] = []
    for case .named(let name, let register) in pattern.sizes
    where base[register].tag == Slot.Tag.int && !known.contains(where: { $0.name == name }) {
      known.append((name, base[register].int))
    }
    return known
  }

  /// Fails because a name has no value yet.
  func failUnset(_ name: Slot) throws -> Never {
    guard case .string(let name) = Value(name) else { throw LanguageError.unset("") }
    throw LanguageError.unset(name)
  }
}
