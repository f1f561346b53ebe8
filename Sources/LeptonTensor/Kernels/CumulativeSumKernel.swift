/// The running sum along an axis.
enum CumulativeSumKernel: TypedKernel {
  static func work<T: Arithmetic>(_ type: T.Type, _ problem: Problem) -> Work {
    let lines = Lines(problem.inputs[0].shape, problem.attributes.axes)
    return Work { memory, _ in
      let (x, y) = (memory.input(0, as: T.self), memory.output(as: T.self))
      lines.forEach { start, stride in
        var sum = T(converting: 0)
        for index in 0..<lines.length {
          sum = T.plus(sum, x[start + index * stride])
          y[start + index * stride] = sum
        }
      }
    }
  }
}
