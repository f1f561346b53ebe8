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
