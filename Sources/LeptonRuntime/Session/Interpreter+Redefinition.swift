import LeptonSession

// A function holds the functions that it found when it was made. Whoever defines one of them anew at
// the prompt is told who still calls the earlier one.
extension Interpreter {
  /// The functions that have names.
  var namedFunctions: [String: Closure] { globals.compactMapValues(\.closure) }

  /// Tells of functions that still call one that a cell has defined anew.
  ///
  /// - Parameter earlier: The functions that had names before the cell.
  func tellOfEarlierFunctions(_ earlier: [String: Closure]) {
    let functions = namedFunctions
    for (name, old) in earlier.sorted(by: { $0.key < $1.key }) {
      guard let new = functions[name], !new.isSame(as: old) else { continue }
      let users = functions.filter { $0.key != name && $0.value.calls(old) }.keys.sorted()
      guard let first = users.first else { continue }
      let others = users.count == 1 ? "" : users.count == 2 ? " and `\(users[1])`" : " and others"
      context.emit(
        .notice(
          "`\(first)`\(others) still \(users.count == 1 ? "calls" : "call") the earlier `\(name)`; "
            + "what is defined again takes the new one"))
    }
  }
}

extension Closure {
  /// Whether it is the same function with the same captured values.
  fileprivate func isSame(as other: Closure) -> Bool {
    prototype === other.prototype && captures === other.captures
  }

  /// Whether it holds another function, or was defined beside it.
  fileprivate func calls(_ other: Closure) -> Bool {
    if let group, group === other.group { return !isSame(as: other) }
    let slots = UnsafeBufferPointer(
      start: target.pointee.captures, count: target.pointee.captureCount)
    return slots.contains { $0.closure?.isSame(as: other) == true }
  }
}
