extension Machine {
  /// Writes a value in a format.
  func formatText(_ i: Instruction, _ format: Slot, _ frame: UnsafeMutablePointer<Frame>) throws {
    guard let format = format.string else { return }
    let slot = frame.pointee.base[i.b]
    if format.isEmpty, slot.isString { return }
    if format.isEmpty, slot.tag == Slot.Tag.int {
      return put(Slot(.string(String(slot.int))), frame.pointee.base + i.a)
    }
    let text = try textFormat(format).apply(to: operand(i.b, frame))
    put(Slot(.string(text)), frame.pointee.base + i.a)
  }

  /// The format that a text describes; the one that was read last is kept.
  private func textFormat(_ format: String) throws -> TextFormat {
    if let lastFormat, lastFormat.text == format { return lastFormat.format }
    let read = try TextFormat(format)
    lastFormat = (format, read)
    return read
  }

  /// Joins strings.
  func joinText(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) throws {
    let pieces = frame.pointee.base + i.b
    var text = ""
    for index in 0..<i.c {
      if let piece = pieces[index].string {
        try LanguageError.checkMemory(for: text.utf8.count + piece.utf8.count)
        text += piece
      }
      put(.absent, pieces + index)
    }
    put(Slot(.string(text)), frame.pointee.base + i.a)
  }

  /// Evaluates the `+` of two strings; a left one that nobody else holds grows where it stands.
  func concatenate(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) throws {
    let left = frame.pointee.base + i.b
    let right = frame.pointee.base + i.c
    try LanguageError.checkGrowth(from: left.byteCount, by: right.byteCount)
    let isLast = i.a == i.b || i.b >= frame.pointee.firstTemporary
    if isLast, left != right, left.isGrowable {
      append(right.pointee, to: left)
      if i.a != i.b { take(left, frame.pointee.base + i.a) }
    } else if let x = left.pointee.string, let y = right.pointee.string {
      giveUp(i.b, frame)
      put(Slot(string: x + y), frame.pointee.base + i.a)
    }
    giveUp(i.c, frame)
  }

  private func append(_ piece: Slot, to place: UnsafeMutablePointer<Slot>) {
    _ = place.withText { text -> Void? in
      if piece.tag == Slot.Tag.character {
        text.append(UInt8(truncatingIfNeeded: piece.bits))
      } else if let string = piece.string {
        text.append(string)
      }
      return nil
    }
  }
}

extension UnsafeMutablePointer<Slot> {
  /// How many bytes a string has.
  fileprivate var byteCount: Int {
    pointee.tag == Slot.Tag.string ? withText { $0.byteCount } ?? 0 : 1
  }

  /// Whether it is a text that nobody else holds; an empty one does not grow, because one character
  /// is no text.
  fileprivate var isGrowable: Bool {
    pointee.tag == Slot.Tag.string && isKnownUniquelyReferenced(&text.pointee)
      && text.pointee.byteCount > 0
  }
}
