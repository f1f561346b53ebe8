import CKernels

/// What the processor can do beyond what the engine was compiled for.
package enum Processor {
  /// Whether kernels for AVX-512 are used; they give the same bits as the others.
  package static let isWide = lk_has_wide() != 0
}

extension Processor {
  /// A product of row-major matrices by the wide or by the narrow kernel.
  package static func product(
    _ a: [Float], _ b: [Float], _ sizes: (m: Int, k: Int, n: Int), isWide: Bool
  ) -> [Float] {
    // Kernels may read up to 64 bytes past the end.
    let slack = [Float](repeating: 0, count: 16)
    var c = [Float](repeating: .nan, count: sizes.m * sizes.n) + slack
    let scratch = UnsafeMutableRawPointer.allocate(byteCount: MatrixTile.scratch, alignment: 64)
    defer { scratch.deallocate() }
    let layout = MatrixLayout(
      m: sizes.m, k: sizes.k, n: sizes.n, flags: ProductFlags(a: false, b: false))
    c.withUnsafeMutableBufferPointer { c in
      guard let c = c.baseAddress else { return }
      MatrixTile(layout, scratch, isWide: isWide).multiply(a + slack, b + slack, c, 0..<sizes.m)
    }
    return Array(c.dropLast(16))
  }

  /// Adam's step on parameters and memory by the wide or by the narrow kernel.
  package static func adam(
    _ state: [[Float]], gradient: [Float], isWide: Bool
  ) -> [[Float]] {
    var result = state
    let work = UpdateKernel(
      Update(.adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-7), weightDecay: 0.01, decoupled: true),
      weightDecay: 0, isWide: isWide
    ).work(count: gradient.count, tile: gradient.count)
    let factors: [Float] = [0.001, 0.999]
    let pointers = (state + [gradient, factors]).map { values in
      let memory = UnsafeMutableRawPointer.allocate(
        byteCount: (values.count + 16) * 4, alignment: 64)
      memory.initializeMemory(as: Float.self, from: values, count: values.count)
      return memory
    }
    defer { pointers.forEach { $0.deallocate() } }
    pointers.withUnsafeBufferPointer { table in
      guard let base = table.baseAddress else { return }
      work.run(Operands(pointers: base, scratch: base[0]), tile: 0)
    }
    for index in state.indices {
      let values = pointers[index].assumingMemoryBound(to: Float.self)
      result[index] = Array(UnsafeBufferPointer(start: values, count: gradient.count))
    }
    return result
  }
}

extension Processor {
  /// exp(x − shift) and the sum of that, by the wide or by the narrow kernel.
  package static func exponentials(
    _ x: [Float], minus shift: Float, isWide: Bool
  ) -> (values: [Float], sum: Float) {
    var values = x
    var sum: Float = 0
    (x + [Float](repeating: 0, count: 16)).withUnsafeBufferPointer { x in
      values.withUnsafeMutableBufferPointer { y in
        guard let source = x.baseAddress, let target = y.baseAddress else { return }
        sum =
          isWide
          ? lk_wide_exponentials(source, shift, target, y.count)
          : Float.narrowExponentials(source, shift, target, y.count)
      }
    }
    return (values, sum)
  }
}

extension Processor {
  /// The three operations that belong to a convolution.
  package enum ConvolutionKind: CaseIterable {
    case forward, input, filters
  }

  /// A convolution of float32 by the wide or by the narrow kernel; `operands` are those of the operation.
  package static func convolution(
    _ kind: ConvolutionKind, _ operands: [Tensor], _ picture: [Int], _ filters: [Int],
    _ windowing: Windowing, isWide: Bool
  ) throws -> [Float] {
    let sizes = try Convolution(picture, filters, windowing)
    let work =
      switch kind {
      case .forward: TapKernel(TapPlan(forward: sizes), batch: picture[0], isWide: isWide).work()
      case .input: TapKernel(TapPlan(transposed: sizes), batch: picture[0], isWide: isWide).work()
      case .filters: FilterKernel(sizes, isWide: isWide).work()
      }
    let shape =
      switch kind {
      case .forward: sizes.outputSizes
      case .input: sizes.inputSizes
      case .filters: sizes.filterSizes
      }
    let result = try Storage(byteCount: Form(Shape(shape), .float32).byteCount)
    let sources = try operands.map { try $0.storage }
    Execution.run(work, [result.pointer] + sources.map(\.pointer), size: .max)
    return try Tensor(form: Form(Shape(shape), .float32), content: .elements(result))
      .elements(as: Float.self)
  }
}
