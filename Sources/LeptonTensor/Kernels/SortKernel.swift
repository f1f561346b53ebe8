/// Finds the order of the elements along an axis.
///
/// Short lines are compared, long ones are put in order by the bytes of their keys, from the lowest
/// to the highest (radix sort): each pass keeps the order of equals, and a byte that is the same in
/// all keys needs no pass.
struct SortKernel<T: Arithmetic> {
  let lines: Lines
  let descending: Bool

  init(_ problem: Problem) {
    lines = Lines(problem.inputs[0].shape, problem.attributes.axes)
    descending = problem.attributes.sizes.first == 1
  }

  /// Lines from this length on are sorted by bytes.
  private static var longLine: Int { 192 }

  /// Work that finds each line's order in scratch memory and hands it on.
  func work(
    _ finish:
      @escaping @Sendable (
        Operands, (start: Int, stride: Int), UnsafeMutableBufferPointer<Int>
      ) -> Void
  ) -> Work {
    let (lines, descending) = (lines, descending)
    let isLong = lines.length >= SortKernel.longLine
    let size = isLong ? 2 * MemoryLayout<SortEntry>.stride : 0
    return Work(
      accesses: [.whole, .whole], scratch: lines.length * (MemoryLayout<Int>.stride + size)
    ) { memory, _ in
      let entries = memory.scratch.assumingMemoryBound(to: SortEntry.self)
      let order = UnsafeMutableBufferPointer(
        start: (memory.scratch + lines.length * size).assumingMemoryBound(to: Int.self),
        count: lines.length)
      let x = memory.input(0, as: T.self)
      lines.forEach { start, stride in
        if isLong {
          for index in order.indices {
            let key = x[start + index * stride].orderKey(descending: descending)
            entries[index] = SortEntry(key: key, place: index)
          }
          let sorted = SortEntry.sort(entries, entries + lines.length, lines.length)
          for index in order.indices { order[index] = sorted[index].place }
        } else {
          SortKernel.compare(x + start, stride, order, descending)
        }
        finish(memory, (start, stride), order)
      }
    }
  }

  private static func compare(
    _ x: UnsafePointer<T>, _ stride: Int, _ order: UnsafeMutableBufferPointer<Int>,
    _ descending: Bool
  ) {
    var order = order
    for index in order.indices { order[index] = index }
    order.sort { i, j in before(x[i * stride], i, x[j * stride], j, descending) }
  }

  /// Whether an element comes before another; NaN comes last, equals keep their order.
  @inline(__always)
  private static func before(_ a: T, _ i: Int, _ b: T, _ j: Int, _ descending: Bool) -> Bool {
    if a != a || b != b { return b != b && (a == a || i < j) }
    return a == b ? i < j : (a < b) != descending
  }
}

/// An element that is being sorted: a key that says its order, and where it came from.
struct SortEntry {
  var key: UInt64
  var place: Int

  /// Sorts entries by their keys, with a second row of entries to move them to and fro.
  ///
  /// Gives whichever of the two rows holds the result.
  static func sort(
    _ entries: UnsafeMutablePointer<SortEntry>, _ spare: UnsafeMutablePointer<SortEntry>,
    _ count: Int
  ) -> UnsafeMutablePointer<SortEntry> {
    var (source, target) = (entries, spare)
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 8 * 256) { counts in
      counts.initialize(repeating: 0)
      for index in 0..<count {
        let key = source[index].key
        for byte in 0..<8 { counts[byte * 256 + Int(key >> (8 * byte) & 255)] += 1 }
      }
      for byte in 0..<8 {
        let shift = UInt64(8 * byte)
        let own = UnsafeMutableBufferPointer(rebasing: counts[byte * 256..<byte * 256 + 256])
        if own[Int(source[0].key >> shift & 255)] == count { continue }
        own.accumulate()
        for index in 0..<count {
          let entry = source[index]
          let digit = Int(entry.key >> shift & 255)
          target[own[digit]] = entry
          own[digit] += 1
        }
        swap(&source, &target)
      }
    }
    return source
  }
}

extension UnsafeMutableBufferPointer<Int> {
  /// Turns counts into the places at which each run starts.
  fileprivate func accumulate() {
    var start = 0
    for index in indices {
      let count = self[index]
      self[index] = start
      start += count
    }
  }
}

/// Writes the elements in order.
enum SortWork: TypedKernel {
  static func work<T: Arithmetic>(_ type: T.Type, _ problem: Problem) -> Work {
    SortKernel<T>(problem).work { memory, line, order in
      let (x, y) = (memory.input(0, as: T.self), memory.output(as: T.self))
      for (rank, index) in order.enumerated() {
        y[line.start + rank * line.stride] = x[line.start + index * line.stride]
      }
    }
  }
}

/// Writes the places of the elements in order.
enum ArgsortWork: TypedKernel {
  static func work<T: Arithmetic>(_ type: T.Type, _ problem: Problem) -> Work {
    SortKernel<T>(problem).work { memory, line, order in
      let y = memory.output(as: Int.self)
      for (rank, index) in order.enumerated() { y[line.start + rank * line.stride] = index }
    }
  }
}
