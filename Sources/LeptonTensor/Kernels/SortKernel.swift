/// Finds the order of the elements along an axis.
struct SortKernel<T: Arithmetic> {
  let lines: Lines
  let descending: Bool

  init(_ problem: Problem) {
    lines = Lines(problem.inputs[0].shape, problem.attributes.axes)
    descending = problem.attributes.sizes.first == 1
  }

  /// Work that finds each line's order in scratch memory and hands it on.
  func work(
    _ finish:
      @escaping @Sendable (
        Operands, (start: Int, stride: Int), UnsafeMutableBufferPointer<Int>
      ) -> Void
  ) -> Work {
    let (lines, descending) = (lines, descending)
    return Work(accesses: [.whole, .whole], scratch: lines.length * 8) { memory, _ in
      var order = UnsafeMutableBufferPointer(
        start: memory.scratch.assumingMemoryBound(to: Int.self), count: lines.length)
      let x = memory.input(0, as: T.self)
      lines.forEach { start, stride in
        for index in 0..<lines.length { order[index] = index }
        order.sort { i, j in
          SortKernel.before(x[start + i * stride], i, x[start + j * stride], j, descending)
        }
        finish(memory, (start, stride), order)
      }
    }
  }

  /// Whether an element comes before another; NaN comes last, equals keep their order.
  @inline(__always)
  private static func before(_ a: T, _ i: Int, _ b: T, _ j: Int, _ descending: Bool) -> Bool {
    if a != a || b != b { return b != b && (a == a || i < j) }
    return a == b ? i < j : (a < b) != descending
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

/// Finds values in a sorted row by halving it; NaN comes last.
enum SearchWork: TypedKernel {
  static func work<T: Arithmetic>(_ type: T.Type, _ problem: Problem) -> Work {
    let (count, values) = (problem.inputs[0].shape.count, problem.inputs[1].shape.count)
    let isAfter = problem.attributes.sizes == [1]
    return Work(accesses: [.whole, .whole, .whole]) { memory, _ in
      let (row, x) = (memory.input(0, as: T.self), memory.input(1, as: T.self))
      let y = memory.output(as: Int.self)
      for index in 0..<values {
        var (low, high) = (0, count)
        while low < high {
          let middle = (low + high) / 2
          let isBefore =
            isAfter ? !precedes(x[index], row[middle]) : precedes(row[middle], x[index])
          if isBefore { low = middle + 1 } else { high = middle }
        }
        y[index] = low
      }
    }
  }

  @inline(__always)
  private static func precedes<T: Arithmetic>(_ a: T, _ b: T) -> Bool {
    a < b || (b != b && a == a)
  }
}
