import CKernels

/// What the processor can do beyond what the engine was compiled for.
package enum Processor {
  /// Whether kernels for AVX-512 are used; they give the same bits as the others.
  package static let isWide = lk_has_wide() != 0
}
