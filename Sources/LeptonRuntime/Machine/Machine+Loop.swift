extension Machine {
  /// The one loop: fetches instructions and does what they say, until the call from outside that was
  /// begun last returns.
  ///
  /// Each case is one line or one call; what takes long stands elsewhere. Numbers never leave the
  /// registers: `a.tag | b.tag == 0` says that both are ints, `a.tag & b.tag == 1` both floats.
  func loop() throws -> Slot {
    var frame = frames + (frameCount - 1)
    var position = frame.pointee.position
    var base = frame.pointee.base
    var constants = frame.pointee.target.constants
    while true {
      do {
        while true {
          let i = Instruction(word: position.pointee)
          position += 1
          switch i.operation {
          case .loadConstant: putCopy(constants[i.wide], base + i.a)
          case .loadInt: put(Slot(int: i.signed), base + i.a)
          case .loadNothing: put(.nothing, base + i.a)
          case .loadTrue: put(.true, base + i.a)
          case .loadFalse: put(.false, base + i.a)
          case .move: putCopy(base[i.b], base + i.a)
          case .take: take(base + i.b, base + i.a)
          case .loadFar: putCopy(base[i.wide], base + i.a)
          case .storeFar: putCopy(base[i.a], base + i.wide)
          case .loadCapture:
            try loadCapture(i.wide, frame, base + i.a)
          case .checkSet:
            if base[i.a].tag == Slot.Tag.absent { try failUnset(constants[Int(position.pointee)]) }
            position += 1
          case .unset: put(.absent, base + i.wide)

          case .newGroup: newGroup(i, frame)
          case .loadSibling: try loadSibling(i, frame)
          case .makeClosure:
            frame.pointee.position = position
            makeClosure(i, frame)
          case .define: try define(i, frame)
          case .call:
            frame.pointee.position = position
            if try enter(base + i.a, count: i.b) {
              frame = frames + (frameCount - 1)
              position = frame.pointee.position
              base = frame.pointee.base
              constants = frame.pointee.target.constants
            }
          case .callSibling:
            frame.pointee.position = position + 1
            try enterSibling(Int(position.pointee), frame, base + i.a, count: i.b)
            frame = frames + (frameCount - 1)
            position = frame.pointee.position
            base = frame.pointee.base
            constants = frame.pointee.target.constants
          case .callWord:
            frame.pointee.position = position + 1
            try callWord(constants[Int(position.pointee)], base + i.a, count: i.b)
            position += 1
          case .callUpdating:
            frame.pointee.position = position + 1
            try callUpdating(i, position.pointee, frame)
            position += 1
          case .callNamed:
            frame.pointee.position = position + 1
            if try enterNamed(i, Int(position.pointee), frame) {
              frame = frames + (frameCount - 1)
              position = frame.pointee.position
              base = frame.pointee.base
              constants = frame.pointee.target.constants
            } else {
              position += 1
            }
          case .callMethod:
            frame.pointee.position = position + 1
            if try enterMethod(i, Int(position.pointee), frame) {
              frame = frames + (frameCount - 1)
              position = frame.pointee.position
              base = frame.pointee.base
              constants = frame.pointee.target.constants
            } else {
              position += 1
            }
          case .callUpdatingMethod:
            frame.pointee.position = position + 1
            if try enterUpdatingMethod(i, position.pointee, frame) {
              frame = frames + (frameCount - 1)
              position = frame.pointee.position
              base = frame.pointee.base
              constants = frame.pointee.target.constants
            } else {
              position += 1
            }
          case .returnValue:
            let result = base[i.a]
            base[i.a] = .absent
            pop()
            if frame.pointee.isEntry { return result }
            put(result, base - 1)
            frame -= 1
            position = frame.pointee.position
            base = frame.pointee.base
            constants = frame.pointee.target.constants
          case .jumpIfGiven:
            position = jump(position, if: base[i.a].tag != Slot.Tag.absent)
          case .checkShape: try checkShape(i, frame)

          case .add:
            let x = base[i.b], y = base[i.c]
            if x.tag & y.tag == 1 {
              put(Slot(float: x.float + y.float), base + i.a)
            } else if x.tag | y.tag == 0,
              case let (sum, false) = x.int.addingReportingOverflow(y.int)
            {
              put(Slot(int: sum), base + i.a)
            } else {
              try arithmetic(.add, i, frame)
            }
          case .subtract:
            let x = base[i.b], y = base[i.c]
            if x.tag & y.tag == 1 {
              put(Slot(float: x.float - y.float), base + i.a)
            } else if x.tag | y.tag == 0,
              case let (difference, false) = x.int.subtractingReportingOverflow(y.int)
            {
              put(Slot(int: difference), base + i.a)
            } else {
              try arithmetic(.subtract, i, frame)
            }
          case .multiply:
            let x = base[i.b], y = base[i.c]
            if x.tag & y.tag == 1 {
              put(Slot(float: x.float * y.float), base + i.a)
            } else if x.tag | y.tag == 0,
              case let (product, false) = x.int.multipliedReportingOverflow(by: y.int)
            {
              put(Slot(int: product), base + i.a)
            } else {
              try arithmetic(.multiply, i, frame)
            }
          case .divide:
            let x = base[i.b], y = base[i.c]
            if x.tag & y.tag == 1, y.float != 0 {
              put(Slot(float: x.float / y.float), base + i.a)
            } else {
              try arithmetic(.divide, i, frame)
            }
          case .floorDivide:
            let x = base[i.b], y = base[i.c]
            if x.tag | y.tag == 0, x.int >= 0, y.int > 0 {
              put(Slot(int: x.int / y.int), base + i.a)
            } else {
              try arithmetic(.floorDivide, i, frame)
            }
          case .remainder:
            let x = base[i.b], y = base[i.c]
            if x.tag | y.tag == 0, x.int >= 0, y.int > 0 {
              put(Slot(int: x.int % y.int), base + i.a)
            } else {
              try arithmetic(.remainder, i, frame)
            }
          case .power: try arithmetic(.power, i, frame)
          case .matmul: try arithmetic(.matmul, i, frame)
          case .compose: try compose(i, frame)
          case .addConstant:
            let x = base[i.b], y = constants[i.c]
            if x.tag & y.tag == 1 {
              put(Slot(float: x.float + y.float), base + i.a)
            } else if x.tag | y.tag == 0,
              case let (sum, false) = x.int.addingReportingOverflow(y.int)
            {
              put(Slot(int: sum), base + i.a)
            } else {
              try arithmeticConstant(.add, i, frame)
            }
          case .subtractConstant:
            let x = base[i.b], y = constants[i.c]
            if x.tag & y.tag == 1 {
              put(Slot(float: x.float - y.float), base + i.a)
            } else if x.tag | y.tag == 0,
              case let (difference, false) = x.int.subtractingReportingOverflow(y.int)
            {
              put(Slot(int: difference), base + i.a)
            } else {
              try arithmeticConstant(.subtract, i, frame)
            }
          case .multiplyConstant:
            let x = base[i.b], y = constants[i.c]
            if x.tag & y.tag == 1 {
              put(Slot(float: x.float * y.float), base + i.a)
            } else if x.tag | y.tag == 0,
              case let (product, false) = x.int.multipliedReportingOverflow(by: y.int)
            {
              put(Slot(int: product), base + i.a)
            } else if x.tag == Slot.Tag.int, y.tag == Slot.Tag.float {
              put(Slot(float: Double(x.int) * y.float), base + i.a)
            } else {
              try arithmeticConstant(.multiply, i, frame)
            }
          case .divideConstant:
            let x = base[i.b], y = constants[i.c]
            if x.tag & y.tag == 1, y.float != 0 {
              put(Slot(float: x.float / y.float), base + i.a)
            } else {
              try arithmeticConstant(.divide, i, frame)
            }
          case .floorDivideConstant:
            let x = base[i.b], y = constants[i.c]
            if x.tag | y.tag == 0, x.int >= 0, y.int > 0 {
              put(Slot(int: x.int / y.int), base + i.a)
            } else {
              try arithmeticConstant(.floorDivide, i, frame)
            }
          case .remainderConstant:
            let x = base[i.b], y = constants[i.c]
            if x.tag | y.tag == 0, x.int >= 0, y.int > 0 {
              put(Slot(int: x.int % y.int), base + i.a)
            } else {
              try arithmeticConstant(.remainder, i, frame)
            }
          case .powerConstant: try arithmeticConstant(.power, i, frame)
          case .negate: try negate(i, frame)
          case .not: try not(i, frame)
          case .and: try connect(.and, i, frame)
          case .or: try connect(.or, i, frame)

          case .equal: try compare(.equal, i, frame)
          case .notEqual: try compare(.notEqual, i, frame)
          case .less: try compare(.less, i, frame)
          case .lessOrEqual: try compare(.lessOrEqual, i, frame)
          case .greater: try compare(.greater, i, frame)
          case .greaterOrEqual: try compare(.greaterOrEqual, i, frame)
          case .isIn: try compare(.isIn, i, frame)

          case .jump: position = jump(position, if: true)
          case .loop:
            patience -= 1
            if patience <= 0 { try look(at: position) }
            position = jump(position, if: true)
          case .jumpIfTrue: position = jump(position, if: try truth(base + i.a, frame))
          case .jumpIfFalse: position = jump(position, if: try !truth(base + i.a, frame))
          case .jumpIfScalarFalse:
            position = jump(position, if: try isScalar(false, base[i.a]))
          case .jumpIfScalarTrue:
            position = jump(position, if: try isScalar(true, base[i.a]))
          case .jumpUnlessLess:
            let x = base[i.b], y = base[i.c]
            let holds =
              x.tag | y.tag == 0
              ? x.int < y.int
              : x.tag & y.tag == 1 ? x.float < y.float : try holds(.less, i, frame)
            position = jump(position, if: !holds)
          case .jumpUnlessLessOrEqual:
            let x = base[i.b], y = base[i.c]
            let holds =
              x.tag | y.tag == 0
              ? x.int <= y.int
              : x.tag & y.tag == 1 ? x.float <= y.float : try holds(.lessOrEqual, i, frame)
            position = jump(position, if: !holds)
          case .jumpUnlessEqual:
            let x = base[i.b], y = base[i.c]
            let holds = x.isLike(y) ? x.bits == y.bits : try holds(.equal, i, frame)
            position = jump(position, if: !holds)
          case .jumpUnlessLessConstant:
            let x = base[i.b], y = constants[i.c]
            let holds =
              x.tag | y.tag == 0
              ? x.int < y.int
              : x.tag & y.tag == 1 ? x.float < y.float : try holdsConstant(.less, i, frame)
            position = jump(position, if: !holds)
          case .jumpUnlessLessOrEqualConstant:
            let x = base[i.b], y = constants[i.c]
            let holds =
              x.tag | y.tag == 0
              ? x.int <= y.int
              : x.tag & y.tag == 1 ? x.float <= y.float : try holdsConstant(.lessOrEqual, i, frame)
            position = jump(position, if: !holds)
          case .jumpUnlessGreaterConstant:
            let x = base[i.b], y = constants[i.c]
            let holds =
              x.tag | y.tag == 0
              ? x.int > y.int
              : x.tag & y.tag == 1 ? x.float > y.float : try holdsConstant(.greater, i, frame)
            position = jump(position, if: !holds)
          case .jumpUnlessGreaterOrEqualConstant:
            let x = base[i.b], y = constants[i.c]
            let holds =
              x.tag | y.tag == 0
              ? x.int >= y.int
              : x.tag & y.tag == 1
                ? x.float >= y.float : try holdsConstant(.greaterOrEqual, i, frame)
            position = jump(position, if: !holds)
          case .jumpUnlessEqualConstant:
            let x = base[i.b], y = constants[i.c]
            let holds = x.isLike(y) ? x.bits == y.bits : try holdsConstant(.equal, i, frame)
            position = jump(position, if: !holds)
          case .prepareLoop: try prepareLoop(base + i.a)
          case .nextElement:
            position = jump(position, if: try !nextElement(base + i.a, base + i.b))
          case .unpack: try unpack(i, frame)

          case .makeList: put(Slot(list: []), base + i.a)
          case .extendList: try extendList(i, frame)
          case .append: try append(base + i.b, to: base + i.a)
          case .makeRecord: put(Slot(record: Record()), base + i.a)
          case .extendRecord:
            try extendRecord(i, Int(position.pointee), frame)
            position += 1
          case .formatText:
            try formatText(i, constants[Int(position.pointee)], frame)
            position += 1
          case .joinText: try joinText(i, frame)
          case .index: try index(i, frame)
          case .indexMany:
            try indexMany(i, Int(position.pointee), frame)
            position += 1
          case .field:
            try field(i, position, frame)
            position += 1
          case .updateElement: try updateElement(i, frame)
          case .updateField:
            try updateField(i, position, frame)
            position += 1
          case .update:
            try update(i, Int(position.pointee), frame)
            position += 1

          case .show:
            frame.pointee.position = position
            try show(base + i.a)
          case .recordMetric: try recordMetric(i, constants[i.wide], frame)
          case .expect: try expect(i, frame)
          case .importModule:
            frame.pointee.position = position
            try importModule(i, frame)
          }
        }
      } catch {
        frame.pointee.position = position
        try recover(from: error)
        frame = frames + (frameCount - 1)
        position = frame.pointee.position
        base = frame.pointee.base
        constants = frame.pointee.target.constants
      }
    }
  }

  /// Writes a copy of a slot over another, with a count of its own.
  @inline(__always)
  func putCopy(_ slot: Slot, _ place: UnsafeMutablePointer<Slot>) {
    slot.retain()
    put(slot, place)
  }

  /// Moves a slot and leaves it empty.
  @inline(__always)
  func take(_ source: UnsafeMutablePointer<Slot>, _ place: UnsafeMutablePointer<Slot>) {
    let slot = source.pointee
    source.pointee = .absent
    put(slot, place)
  }

  /// Where the code goes on: behind the distance, or that far from there.
  @inline(__always)
  func jump(_ position: UnsafePointer<UInt32>, if taken: Bool) -> UnsafePointer<UInt32> {
    position + (taken ? 1 + Int(Int32(bitPattern: position.pointee)) : 1)
  }
}

extension Slot {
  /// Whether two slots are equal if their bits are: ints, truths, characters.
  @inline(__always)
  fileprivate func isLike(_ other: Slot) -> Bool {
    tag == other.tag && tag != Tag.float && tag < Tag.heap
  }
}
