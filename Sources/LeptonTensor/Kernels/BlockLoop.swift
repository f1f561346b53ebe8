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
    operand(a, under: output) { (a: UnsafePointer<A>) in
      for i in 0..<n { output[i] = body(a[i]) }
    }
  }
}

@inline(__always)
func loop<A, B, R>(_ body: @escaping @Sendable (A, B) -> R) -> BlockLoop {
  { output, a, b, _, _, n in
    let output = output.assumingMemoryBound(to: R.self)
    operand(a, under: output) { (a: UnsafePointer<A>) in
      operand(b, under: output) { (b: UnsafePointer<B>) in
        for i in 0..<n { output[i] = body(a[i], b[i]) }
      }
    }
  }
}

@inline(__always)
func loop<A, B, C, R>(_ body: @escaping @Sendable (A, B, C) -> R) -> BlockLoop {
  { output, a, b, c, _, n in
    let output = output.assumingMemoryBound(to: R.self)
    // A condition, which is no element of the output's type.
    let a = a.assumingMemoryBound(to: A.self)
    operand(b, under: output) { (b: UnsafePointer<B>) in
      operand(c, under: output) { (c: UnsafePointer<C>) in
        for i in 0..<n { output[i] = body(a[i], b[i], c[i]) }
      }
    }
  }
}

@inline(__always)
func loop<A, B, C, D, R>(_ body: @escaping @Sendable (A, B, C, D) -> R) -> BlockLoop {
  { output, a, b, c, d, n in
    let output = output.assumingMemoryBound(to: R.self)
    // Numbers of rows or columns, as a rule, and so fewer than the output's.
    let b = b.assumingMemoryBound(to: B.self)
    let c = c.assumingMemoryBound(to: C.self)
    let d = d.assumingMemoryBound(to: D.self)
    operand(a, under: output) { (a: UnsafePointer<A>) in
      for i in 0..<n { output[i] = body(a[i], b[i], c[i], d[i]) }
    }
  }
}

/// Calls a body with an operand, by the output's own name where the output takes its place.
///
/// The compiler uses vectors only where no output can change what is read later, which it has to suspect of two
/// names for one place.
@inline(__always)
private func operand<A, R>(
  _ a: UnsafeRawPointer, under output: UnsafeMutablePointer<R>, _ body: (UnsafePointer<A>) -> Void
) {
  if MemoryLayout<A>.stride == MemoryLayout<R>.stride && a == UnsafeRawPointer(output) {
    body(UnsafeRawPointer(output).assumingMemoryBound(to: A.self))
  } else {
    body(a.assumingMemoryBound(to: A.self))
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
