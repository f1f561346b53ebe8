extension Machine {
  /// The one loop: fetches instructions and does what they say, until the call from outside that was
  /// begun last returns.
  ///
  /// Each case is one line or one call; what takes long stands elsewhere, out of line, so that the few
  /// things that every case needs stay in the processor's registers.
  func loop() throws -> Slot {
    var position = frame.pointee.position
    var base = frame.pointee.base
    var constants = frame.pointee.constants
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
            let slot = frame.pointee.target.pointee.captures[i.wide]
            if slot.tag == Slot.Tag.absent { try failUnset(i.wide, frame) }
            putCopy(slot, base + i.a)
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
            let place = base + i.a
            if let target = place.pointee.target(count: i.b) {
              try tick(1)
              try push(target, base: place + 1, isEntry: false)
              position = target.pointee.code
              base = place + 1
              constants = target.pointee.constants
            } else if try enter(place, count: i.b) {
              position = frame.pointee.position
              base = frame.pointee.base
              constants = frame.pointee.constants
            }
          case .callSibling:
            frame.pointee.position = position + 1
            let place = base + i.a
            let siblings = frame.pointee.target.pointee.siblings
            if let target = siblings?[Int(position.pointee)],
              target.pointee.parameterCount == i.b
            {
              try tick(1)
              try push(target, base: place + 1, isEntry: false)
              position = target.pointee.code
              base = place + 1
              constants = target.pointee.constants
            } else {
              try enterSibling(Int(position.pointee), frame, place, count: i.b)
              position = frame.pointee.position
              base = frame.pointee.base
              constants = frame.pointee.constants
            }
          case .callWord:
            frame.pointee.position = position + 1
            try callWord(constants[Int(position.pointee)], base + i.a, count: i.b)
            position += 1
          case .callUpdating:
            frame.pointee.position = position + 1
            try callUpdating(i, position.pointee, frame)
            position += 1
          case .pushElement:
            frame.pointee.position = position + 1
            try pushElement(i, position.pointee, frame)
            position += 1
          case .callNamed:
            frame.pointee.position = position + 1
            if try enterNamed(i, Int(position.pointee), frame) {
              position = frame.pointee.position
              base = frame.pointee.base
              constants = frame.pointee.constants
            } else {
              position += 1
            }
          case .callMethod:
            frame.pointee.position = position + 1
            if try enterMethod(i, Int(position.pointee), frame) {
              position = frame.pointee.position
              base = frame.pointee.base
              constants = frame.pointee.constants
            } else {
              position += 1
            }
          case .callUpdatingMethod:
            frame.pointee.position = position + 1
            if try enterUpdatingMethod(i, position.pointee, frame) {
              position = frame.pointee.position
              base = frame.pointee.base
              constants = frame.pointee.constants
            } else {
              position += 1
            }
          case .returnValue:
            let result = base[i.a]
            base[i.a] = .absent
            if frame.pointee.isEntry {
              pop()
              return result
            }
            leave()
            put(result, base - 1)
            position = frame.pointee.position
            base = frame.pointee.base
            constants = frame.pointee.constants
          case .jumpIfGiven:
            position = jump(position, if: base[i.a].tag != Slot.Tag.absent)
          case .checkShape: try checkShape(i, frame)

          case .add:
            if let sum = Slot.sum(base[i.b], base[i.c]) {
              put(sum, base + i.a)
            } else {
              try arithmetic(.add, i, frame)
            }
          case .subtract:
            if let difference = Slot.difference(base[i.b], base[i.c]) {
              put(difference, base + i.a)
            } else {
              try arithmetic(.subtract, i, frame)
            }
          case .multiply:
            if let product = Slot.product(base[i.b], base[i.c]) {
              put(product, base + i.a)
            } else {
              try arithmetic(.multiply, i, frame)
            }
          case .divide:
            if let quotient = Slot.quotient(base[i.b], base[i.c]) {
              put(quotient, base + i.a)
            } else {
              try arithmetic(.divide, i, frame)
            }
          case .floorDivide:
            if let wholeQuotient = Slot.wholeQuotient(base[i.b], base[i.c]) {
              put(wholeQuotient, base + i.a)
            } else {
              try arithmetic(.floorDivide, i, frame)
            }
          case .remainder:
            if let rest = Slot.rest(base[i.b], base[i.c]) {
              put(rest, base + i.a)
            } else {
              try arithmetic(.remainder, i, frame)
            }
          case .power: try arithmetic(.power, i, frame)
          case .matmul: try arithmetic(.matmul, i, frame)
          case .compose: try compose(i, frame)
          case .addConstant:
            if let sum = Slot.sum(base[i.b], constants[i.c]) {
              put(sum, base + i.a)
            } else {
              try arithmeticConstant(.add, i, frame)
            }
          case .subtractConstant:
            if let difference = Slot.difference(base[i.b], constants[i.c]) {
              put(difference, base + i.a)
            } else {
              try arithmeticConstant(.subtract, i, frame)
            }
          case .multiplyConstant:
            if let product = Slot.product(base[i.b], constants[i.c]) {
              put(product, base + i.a)
            } else {
              try arithmeticConstant(.multiply, i, frame)
            }
          case .divideConstant:
            if let quotient = Slot.quotient(base[i.b], constants[i.c]) {
              put(quotient, base + i.a)
            } else {
              try arithmeticConstant(.divide, i, frame)
            }
          case .floorDivideConstant:
            if let wholeQuotient = Slot.wholeQuotient(base[i.b], constants[i.c]) {
              put(wholeQuotient, base + i.a)
            } else {
              try arithmeticConstant(.floorDivide, i, frame)
            }
          case .remainderConstant:
            if let rest = Slot.rest(base[i.b], constants[i.c]) {
              put(rest, base + i.a)
            } else {
              try arithmeticConstant(.remainder, i, frame)
            }
          case .powerConstant: try arithmeticConstant(.power, i, frame)
          case .negate: try negate(i, frame)
          case .not: try not(i, frame)
          case .and: try connect(.and, i, frame)
          case .or: try connect(.or, i, frame)

          case .equal:
            if let holds = Slot.isEqual(base[i.b], base[i.c]) {
              put(Slot(bool: holds), base + i.a)
            } else {
              try compare(.equal, i, frame)
            }
          case .notEqual: try compare(.notEqual, i, frame)
          case .less: try compare(.less, i, frame)
          case .lessOrEqual: try compare(.lessOrEqual, i, frame)
          case .greater: try compare(.greater, i, frame)
          case .greaterOrEqual: try compare(.greaterOrEqual, i, frame)
          case .isIn: try compare(.isIn, i, frame)

          case .jump: position = jump(position, if: true)
          case .loop:
            patience &-= 1
            if patience <= 0 { try look(at: position) }
            position = jump(position, if: true)
          case .jumpIfTrue: position = jump(position, if: try truth(base + i.a, frame))
          case .jumpIfFalse: position = jump(position, if: try !truth(base + i.a, frame))
          case .jumpIfScalarFalse:
            position = jump(position, if: try isScalar(false, base[i.a]))
          case .jumpIfScalarTrue:
            position = jump(position, if: try isScalar(true, base[i.a]))
          case .jumpUnlessLess:
            position = jump(
              position, if: try !(Slot.isLess(base[i.b], base[i.c]) ?? holds(.less, i, frame)))
          case .jumpUnlessLessOrEqual:
            position = jump(
              position,
              if: try !(Slot.isLessOrEqual(base[i.b], base[i.c]) ?? holds(.lessOrEqual, i, frame)))
          case .jumpUnlessEqual:
            position = jump(
              position, if: try !(Slot.isEqual(base[i.b], base[i.c]) ?? holds(.equal, i, frame)))
          case .jumpUnlessLessConstant:
            position = jump(
              position,
              if: try !(Slot.isLess(base[i.b], constants[i.c]) ?? holdsConstant(.less, i, frame)))
          case .jumpUnlessLessOrEqualConstant:
            position = jump(
              position,
              if: try
                !(Slot.isLessOrEqual(base[i.b], constants[i.c])
                ?? holdsConstant(.lessOrEqual, i, frame)))
          case .jumpUnlessGreaterConstant:
            position = jump(
              position,
              if: try !(Slot.isLess(constants[i.c], base[i.b]) ?? holdsConstant(.greater, i, frame))
            )
          case .jumpUnlessGreaterOrEqualConstant:
            position = jump(
              position,
              if: try
                !(Slot.isLessOrEqual(constants[i.c], base[i.b])
                ?? holdsConstant(.greaterOrEqual, i, frame)))
          case .jumpUnlessEqualConstant:
            position = jump(
              position,
              if: try !(Slot.isEqual(base[i.b], constants[i.c]) ?? holdsConstant(.equal, i, frame)))
          case .prepareLoop: try prepareLoop(base + i.a)
          case .prepareRange:
            frame.pointee.position = position + 1
            try prepareRange(i, constants[Int(position.pointee)], frame)
            position += 1
          case .nextElement:
            position = jump(position, if: try !nextElement(base + i.a, base + i.b))
          case .nextTurn:
            patience &-= 1
            if patience <= 0 { try look(at: position) }
            position = jump(position, if: try nextElement(base + i.a, base + i.b))
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
          case .index:
            if let number = number(base + i.b, base[i.c]) {
              giveUp(i.b, frame)
              put(number, base + i.a)
            } else {
              try index(i, frame)
            }
          case .indexNested:
            let key = base[Int(position.pointee)]
            if let row = row(base + i.b, base[i.c]), let number = number(row, key) {
              put(number, base + i.a)
              position += 1
            } else {
              let row = try outerElement(i, frame)
              position += 1
              try putElement(row, key, base + i.a)
            }
          case .indexMany:
            try indexMany(i, Int(position.pointee), frame)
            position += 1
          case .field:
            if let number = number(in: base[i.b], under: position.pointee) {
              giveUp(i.b, frame)
              put(number, base + i.a)
            } else {
              try field(i, position, frame)
            }
            position += 1
          case .fieldNested:
            if let inner = record(in: base[i.b], under: position.pointee),
              let number = number(in: inner, under: position[1])
            {
              giveUp(i.b, frame)
              put(number, base + i.a)
              position += 2
            } else {
              try field(Instruction(.field, i.c, i.b), position, frame)
              position += 1
              try field(Instruction(.field, i.a, i.c), position, frame)
              position += 1
            }
          case .updateElement:
            if !write(base[i.c], at: base[i.b], of: base + i.a) { try updateElement(i, frame) }
          case .updateField:
            if !write(base[i.b], under: position.pointee, of: base + i.a) {
              try updateField(i, position, frame)
            }
            position += 1
          case .update:
            try update(i, Int(position.pointee), frame)
            position += 1

          case .show:
            frame.pointee.position = position
            try show(base + i.a)
          case .recordMetric: try recordMetric(i, constants[i.wide], frame)
          case .expect:
            frame.pointee.position = position
            try expect(i, frame)
          case .importModule:
            frame.pointee.position = position
            try importModule(i, frame)
          }
        }
      } catch {
        frame.pointee.position = position
        try recover(from: error)
        position = frame.pointee.position
        base = frame.pointee.base
        constants = frame.pointee.constants
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
