/// A kernel that is compiled once for each element type.
protocol TypedKernel: SendableMetatype {
  /// The work for elements of a Swift type.
  static func work<T: Arithmetic>(_ type: T.Type, _ problem: Problem) -> Work
}

extension TypedKernel {
  /// The work for elements of a type that is known only now.
  static func work(of type: ElementType, _ problem: Problem) -> Work {
    switch type {
    case .float32: work(Float.self, problem)
    case .float64: work(Double.self, problem)
    case .int64: work(Int.self, problem)
    case .int32: work(Int32.self, problem)
    case .uint8: work(UInt8.self, problem)
    case .int8: work(Int8.self, problem)
    case .bool: work(Truth.self, problem)
    }
  }
}
