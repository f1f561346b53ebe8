/// What the elements along an axis come to, one after the other.
enum CumulativeKernel<F: Fold>: TypedKernel {
  static func work<T: Arithmetic>(_ type: T.Type, _ problem: Problem) -> Work {
    let lines = Lines(problem.inputs[0].shape, problem.attributes.axes)
    return Work { memory, _ in
      let (x, y) = (memory.input(0, as: T.self), memory.output(as: T.self))
      lines.forEach { start, stride in
        guard lines.length > 0 else { return }
        var value = x[start]
        y[start] = value
        for index in 1..<lines.length {
          value = F.join(value, x[start + index * stride])
          y[start + index * stride] = value
        }
      }
    }
  }
}

/// The linear recurrence along an axis.
enum RecurrenceKernel: TypedKernel {
  static func work<T: Arithmetic>(_ type: T.Type, _ problem: Problem) -> Work {
    let lines = Lines(problem.inputs[0].shape, problem.attributes.axes)
    return Work { memory, _ in
      let (a, b) = (memory.input(0, as: T.self), memory.input(1, as: T.self))
      let y = memory.output(as: T.self)
      lines.forEach { start, stride in
        guard lines.length > 0 else { return }
        var value = b[start]
        y[start] = value
        for index in 1..<lines.length {
          let place = start + index * stride
          value = T.plus(T.times(a[place], value), b[place])
          y[place] = value
        }
      }
    }
  }
}
