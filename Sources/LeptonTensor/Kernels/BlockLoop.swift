import CKernels

/// The element-wise loop of an operation: `n` elements from up to four contiguous operands.
///
/// Reading up to 64 bytes past the end of an operand is allowed, writing is not.
typealias BlockLoop =
  @Sendable (
    _ output: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer,
    _ c: UnsafeRawPointer, _ d: UnsafeRawPointer, _ n: Int
  ) -> Void

@inline(__always)
func loop<A, R>(_ body: @escaping @Sendable (A) -> R) -> BlockLoop {
  { output, a, _, _, _, n in
    let output = output.assumingMemoryBound(to: R.self)
    let a = a.assumingMemoryBound(to: A.self)
    for i in 0..<n { output[i] = body(a[i]) }
  }
}

@inline(__always)
func loop<A, B, R>(_ body: @escaping @Sendable (A, B) -> R) -> BlockLoop {
  { output, a, b, _, _, n in
    let output = output.assumingMemoryBound(to: R.self)
    let a = a.assumingMemoryBound(to: A.self)
    let b = b.assumingMemoryBound(to: B.self)
    for i in 0..<n { output[i] = body(a[i], b[i]) }
  }
}

@inline(__always)
func loop<A, B, C, R>(_ body: @escaping @Sendable (A, B, C) -> R) -> BlockLoop {
  { output, a, b, c, _, n in
    let output = output.assumingMemoryBound(to: R.self)
    let a = a.assumingMemoryBound(to: A.self)
    let b = b.assumingMemoryBound(to: B.self)
    let c = c.assumingMemoryBound(to: C.self)
    for i in 0..<n { output[i] = body(a[i], b[i], c[i]) }
  }
}

@inline(__always)
func loop<A, B, C, D, R>(_ body: @escaping @Sendable (A, B, C, D) -> R) -> BlockLoop {
  { output, a, b, c, d, n in
    let output = output.assumingMemoryBound(to: R.self)
    let a = a.assumingMemoryBound(to: A.self)
    let b = b.assumingMemoryBound(to: B.self)
    let c = c.assumingMemoryBound(to: C.self)
    let d = d.assumingMemoryBound(to: D.self)
    for i in 0..<n { output[i] = body(a[i], b[i], c[i], d[i]) }
  }
}

/// A loop over eight floats at a time.
@inline(__always)
func vectorLoop(_ body: @escaping @Sendable (SIMD8<Float>) -> SIMD8<Float>) -> BlockLoop {
  { output, a, _, _, _, n in
    let output = output.assumingMemoryBound(to: Float.self)
    let a = a.assumingMemoryBound(to: Float.self)
    var i = 0
    while i + 8 <= n {
      lk_store(output + i, body(lk_load(a + i)))
      i += 8
    }
    if i < n { lk_store_part(output + i, body(lk_load(a + i)), n - i) }
  }
}
