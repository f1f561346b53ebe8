extension Machine {
  /// Writes a value in a format; what `joinText` understands stays as it is where nothing is asked.
  @inline(never)
  func formatText(_ i: Instruction, _ text: Slot, _ frame: UnsafeMutablePointer<Frame>) throws {
    let slot = frame.pointee.base[i.b]
    if text.tag == Slot.Tag.nothing, slot.isString || slot.tag == Slot.Tag.int { return }
    let format = try textFormat(text)
    if let places = format.plainPlaces, let decimal = decimal(slot, places) {
      return put(Slot(string: decimal), frame.pointee.base + i.a)
    }
    put(Slot(string: try format.apply(to: operand(i.b, frame))), frame.pointee.base + i.a)
  }

  /// A number with so many digits behind the point, where that is quickly found.
  private func decimal(_ slot: Slot, _ places: Int) -> String? {
    let number = slot.tag == Slot.Tag.int ? Double(slot.int) : slot.float
    guard slot.tag == Slot.Tag.int || slot.tag == Slot.Tag.float,
      let decimal = number.magnitude.decimal(places: places)
    else { return nil }
    writer.begin()
    if number.sign == .minus { writer.append(UInt8(ascii: "-")) }
    writer.append(decimal.whole)
    if places > 0 {
      writer.append(UInt8(ascii: "."))
      writer.append(decimal.rest, digits: places)
    }
    return writer.string
  }

  /// The format that a text describes; the one that was read last is kept.
  private func textFormat(_ text: Slot) throws -> TextFormat {
    if let lastFormat, lastFormat.isOf(text) { return lastFormat.format }
    let format = try TextFormat(text.string ?? "")
    lastFormat = ReadFormat(text, format)
    return format
  }

  /// Joins strings and whole numbers.
  @inline(never)
  func joinText(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) throws {
    let pieces = frame.pointee.base + i.b
    writer.begin()
    for index in 0..<i.c {
      try write(pieces + index)
      put(.absent, pieces + index)
    }
    put(Slot(string: writer.string), frame.pointee.base + i.a)
  }

  private func write(_ piece: UnsafeMutablePointer<Slot>) throws {
    switch piece.pointee.tag {
    case Slot.Tag.int: writer.append(piece.pointee.int)
    case Slot.Tag.character: writer.append(UInt8(truncatingIfNeeded: piece.pointee.bits))
    case Slot.Tag.string:
      try LanguageError.checkGrowth(from: writer.count, by: piece.byteCount)
      _ = piece.withText { text in
        text.withBytes { writer.append($0, count: text.byteCount) }
      }
    default: break
    }
  }

  /// Evaluates the `+` of two strings; a left one that nobody else holds grows where it stands.
  @inline(never)
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
      } else if let other = piece.textObject {
        text.append(other)
      }
      return nil
    }
  }
}

/// A format that was read, and the constant from which it was read.
final class ReadFormat {
  let format: TextFormat
  /// The constant; held, so that no other one can stand in its place.
  private let text: Slot

  init(_ text: Slot, _ format: TextFormat) {
    self.text = text
    self.format = format
    text.retain()
  }

  deinit { text.release() }

  /// Whether it was read from a constant.
  func isOf(_ constant: Slot) -> Bool { text.tag == constant.tag && text.bits == constant.bits }
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
