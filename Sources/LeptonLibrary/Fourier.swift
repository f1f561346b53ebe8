import LeptonRuntime
import LeptonTensor

extension Library {
  /// Discrete Fourier transforms.
  static var fourier: Family {
    Family("Fourier transforms", [fft, ifft, rfft, irfft, fft2, ifft2, magnitude, phase])
  }

  private static let aboutComplex = """
    There is no complex element type: the last axis, of size 2, holds real and imaginary parts, and does \
    not count for `axis`. Transforms have any length and cost n log n; they compute in double precision.
    """
  private static let aboutPoints = """
    With `n` the signal is first cut, or filled with zeros, to so many points.
    """

  private static var fft: Builtin {
    Builtin(
      "fft(x, n = nothing, axis = -1, complex = false)",
      "The discrete Fourier transform of a signal: complex numbers `[..., n, 2]`.",
      details: """
        `x` holds real numbers, or with `complex=true` complex ones. \(aboutPoints) \(aboutComplex)
        """,
      examples: [
        "fft([1.0, 0.0, 0.0, 0.0])": "tensor([[1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [1.0, 0.0]])",
        "fft([1.0, -1.0])": "tensor([[0.0, 0.0], [2.0, 0.0]])",
      ]
    ) { (x: Tensor, count: Int?, axis: Int, isComplex: Bool) in
      try x.fourier(count: count, axis: axis, isComplex: isComplex)
    }
  }

  private static var ifft: Builtin {
    Builtin(
      "ifft(x, n = nothing, axis = -1, complex = true)",
      "The signal of complex numbers whose transform is given.",
      details: """
        `x` holds complex numbers, or with `complex=false` real ones. \(aboutPoints) \(aboutComplex)
        """,
      examples: ["ifft(fft([3.0, 5.0]))": "tensor([[3.0, 0.0], [5.0, 0.0]])"]
    ) { (x: Tensor, count: Int?, axis: Int, isComplex: Bool) in
      try x.inverseFourier(count: count, axis: axis, isComplex: isComplex)
    }
  }

  private static var rfft: Builtin {
    Builtin(
      "rfft(x, n = nothing, axis = -1)",
      "The first half of the transform of a real signal, `n // 2 + 1` numbers; the others mirror them.",
      details: aboutPoints + " " + aboutComplex,
      examples: ["rfft([1.0, 2.0, 1.0, 0.0])": "tensor([[4.0, 0.0], [0.0, -2.0], [0.0, 0.0]])"]
    ) { (x: Tensor, count: Int?, axis: Int) in try x.realFourier(count: count, axis: axis) }
  }

  private static var irfft: Builtin {
    Builtin(
      "irfft(x, n = nothing, axis = -1)", "The real signal of `n` points whose `rfft` is given.",
      details: """
        By default `n` is even: twice the number of complex numbers, less 2. For an odd number of points \
        say `n`. \(aboutComplex)
        """,
      examples: ["irfft(rfft([1.0, 2.0, 1.0, 0.0]))": "tensor([1.0, 2.0, 1.0, 0.0])"]
    ) { (x: Tensor, count: Int?, axis: Int) in try x.inverseRealFourier(count: count, axis: axis) }
  }

  private static var fft2: Builtin {
    Builtin(
      "fft2(x, complex = false)", "The transform along the last two axes, of an image for example.",
      details: aboutComplex,
      examples: ["fft2([[1.0, 0.0], [0.0, 0.0]]).shape": "[2, 2, 2]"]
    ) { (x: Tensor, isComplex: Bool) in
      try x.fourier(isComplex: isComplex).fourier(axis: -2, isComplex: true)
    }
  }

  private static var ifft2: Builtin {
    Builtin(
      "ifft2(x, complex = true)", "The complex numbers whose `fft2` is given.",
      details: aboutComplex,
      examples: [
        "ifft2(fft2([[1.0, 2.0], [3.0, 4.0]]))[..., 0]": "tensor([[1.0, 2.0], [3.0, 4.0]])"
      ]
    ) { (x: Tensor, isComplex: Bool) in
      try x.inverseFourier(isComplex: isComplex).inverseFourier(axis: -2)
    }
  }

  private static var magnitude: Builtin {
    Builtin(
      "magnitude(z)", "The lengths of complex numbers, whose parts stand in a last axis of 2.",
      examples: ["magnitude([[3.0, 4.0]])": "tensor([5.0])"]
    ) { (z: Tensor) in try z.magnitude() }
  }

  private static var phase: Builtin {
    Builtin(
      "phase(z)", "The angles of complex numbers in radians, between -pi and pi.",
      examples: ["phase([[2.0, 0.0]])": "tensor([0.0])"]
    ) { (z: Tensor) in try z.phase() }
  }
}
