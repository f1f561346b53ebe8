extension Machine {
  /// Writes a value in a format.
  func formatText(_ i: Instruction, _ format: Slot, _ frame: UnsafeMutablePointer<Frame>) throws {
    guard let format = format.text?.string else { return }
    let slot = frame.pointee.base[i.b]
    if format.isEmpty, slot.tag == Slot.Tag.string { return }
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
  func joinText(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) {
    let pieces = frame.pointee.base + i.b
    var text = ""
    text.reserveCapacity((0..<i.c).reduce(0) { $0 + (pieces[$1].text?.string.utf8.count ?? 0) })
    for index in 0..<i.c {
      if let piece = pieces[index].text { text += piece.string }
      put(.absent, pieces + index)
    }
    put(Slot(.string(text)), frame.pointee.base + i.a)
  }

  /// Evaluates the `+` of two strings; a left one that nobody else holds grows where it stands.
  func concatenate(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>, _ right: Slot) {
    guard let right = right.text else { return }
    let left = frame.pointee.base + i.b
    let isLast = i.a == i.b || i.b >= frame.pointee.target.firstTemporary
    if isLast, isKnownUniquelyReferenced(&left.text.pointee) {
      left.text.pointee.append(right.string)
      if i.a != i.b { take(left, frame.pointee.base + i.a) }
    } else {
      let text = Text(left.text.pointee.string + right.string)
      giveUp(i.b, frame)
      put(Slot(tag: Slot.Tag.string, retaining: text), frame.pointee.base + i.a)
    }
  }
}
