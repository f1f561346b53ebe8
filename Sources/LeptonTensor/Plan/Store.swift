import Glibc

/// A result of a step that takes the place of an input when all that reads the old one is done.
struct Store {
  /// The buffer of the result.
  let value: Int
  /// The buffer of the input.
  let target: Int
}

extension StepList {
  /// The stores that put the results of nodes in the places of inputs.
  ///
  /// A result that lies outside of the arena, where another store or an update may write over it, is
  /// copied at once.
  mutating func stores(_ nodes: [(value: Int, target: Int)]) -> [Store] {
    nodes.compactMap { node in
      guard let value = bufferOf[node.value], let target = bufferOf[node.target], value != target
      else { return nil }
      return Store(value: buffers[value].isInArena ? value : saved(value), target: target)
    }
  }

  /// Adds stores behind all steps so far.
  mutating func append(_ stores: [Store]) {
    for store in stores { appendCopy(of: store.value, to: store.target, "store") }
  }

  private mutating func saved(_ value: Int) -> Int {
    let copy = add(Buffer(source: .arena, byteCount: buffers[value].byteCount))
    appendCopy(of: value, to: copy, "save")
    return copy
  }

  private mutating func appendCopy(of value: Int, to target: Int, _ name: String) {
    let bytes = buffers[value].byteCount
    let work = Work(accesses: [.whole, .whole]) { memory, _ in
      memmove(memory.output, memory.input(0), bytes)
    }
    append(name, work, [target, value])
  }
}
