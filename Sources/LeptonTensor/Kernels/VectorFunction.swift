import CKernels

/// A function of float32 with its kernels for both widths of vectors, which give the same bits.
package enum VectorFunction: CaseIterable, Sendable {
  case exp, log, tanh, sigmoid, expm1, log1p, erf

  /// The loop for this processor.
  var loop: BlockLoop { loop(isWide: Processor.isWide) }

  private func loop(isWide: Bool) -> BlockLoop {
    switch self {
    case .exp: isWide ? wideLoop(lk_wide_exp) : vectorLoop { lk_exp($0) }
    case .log: isWide ? wideLoop(lk_wide_log) : vectorLoop { lk_log($0) }
    case .tanh: isWide ? wideLoop(lk_wide_tanh) : vectorLoop { lk_tanh($0) }
    case .sigmoid: isWide ? wideLoop(lk_wide_sigmoid) : vectorLoop { lk_sigmoid($0) }
    case .expm1: isWide ? wideLoop(lk_wide_expm1) : vectorLoop { lk_expm1($0) }
    case .log1p: isWide ? wideLoop(lk_wide_log1p) : vectorLoop { lk_log1p($0) }
    case .erf: isWide ? wideLoop(lk_wide_erf) : vectorLoop { lk_erf($0) }
    }
  }

  /// What the wide or the narrow kernel makes of numbers.
  package func values(_ x: [Float], isWide: Bool) -> [Float] {
    var y = x
    let padded = x + [Float](repeating: 0, count: 16)
    padded.withUnsafeBytes { x in
      y.withUnsafeMutableBytes { y in
        guard let x = x.baseAddress, let output = y.baseAddress else { return }
        loop(isWide: isWide)(output, x, x, x, x, y.count / 4)
      }
    }
    return y
  }
}

/// A loop by a kernel for AVX-512.
private func wideLoop(
  _ kernel:
    @escaping @convention(c) (UnsafePointer<Float>?, UnsafeMutablePointer<Float>?, Int) ->
    Void
) -> BlockLoop {
  { output, a, _, _, _, n in
    kernel(a.assumingMemoryBound(to: Float.self), output.assumingMemoryBound(to: Float.self), n)
  }
}
