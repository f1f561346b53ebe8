import LeptonRuntime
import LeptonTensor

extension Library {
  /// Filters, and signals in pieces.
  static var signals: Family {
    Family("Signals", [upfirdn, medianFilter, framed, overlapped])
  }

  private static var upfirdn: Builtin {
    Builtin(
      "upfirdn(x, h, up = 1, down = 1, axis = -1, offset = 0, count = nothing)",
      "The signal `x` with `up - 1` zeros put between its places, filtered by `h`, and of that every `down`-th place.",
      details: """
        Place `m` is the sum of `x[i] * h[m*down + offset - i*up]`, taken in double precision. By default there are as \
        many places as SciPy's `upfirdn` gives; `offset` and `count` take others, as if zeros stood beyond the ends. \
        With `up` and `down` of 1 it is a convolution along an axis.
        """,
      examples: [
        "upfirdn([1.0, 2.0, 3.0], [1.0, 1.0])": "tensor([1.0, 3.0, 5.0, 3.0])",
        "upfirdn([1.0, 2.0], [1.0, 0.5], up=2)": "tensor([1.0, 0.5, 2.0, 1.0])",
        "upfirdn([1.0, 2.0, 3.0, 4.0], [1.0, 1.0], offset=1, count=3)": "tensor([3.0, 5.0, 7.0])",
      ]
    ) { (x: Tensor, h: Tensor, up: Int, down: Int, axis: Int, offset: Int, count: Int?) in
      try x.filtered(by: h, up: up, down: down, axis: axis, offset: offset, count: count)
    }
  }

  private static var medianFilter: Builtin {
    Builtin(
      "median_filter(x, size = 3, axes = nothing)",
      "Each element as the median of the `size` elements around it along each of `axes`, as SciPy's median_filter.",
      details: """
        `axes` are all axes by default: for a batch of pictures say `axes=[1, 2]`. At its edges a tensor is mirrored. \
        Where a number is none, so are the medians around it.
        """,
      examples: ["median_filter([1.0, 9.0, 2.0, 3.0], 3)": "tensor([1.0, 2.0, 3.0, 3.0])"]
    ) { (x: Tensor, size: Int, axes: [Int]?) in try x.medianFiltered(size: size, axes: axes) }
  }

  private static var framed: Builtin {
    Builtin(
      "framed(x, size, step)",
      "Overlapping pieces of a sound, `size` samples each, one every `step`: `[..., frames, size]`.",
      examples: ["framed([1, 2, 3, 4], 2, 1)": "tensor([[1, 2], [2, 3], [3, 4]])"]
    ) { (x: Tensor, size: Int, step: Int) in try x.framed(size: size, step: step) }
  }

  private static var overlapped: Builtin {
    Builtin(
      "overlapped(pieces, step)", "Pieces added up where they lie, one every `step`.",
      examples: [
        "overlapped([[1.0, 1.0], [2.0, 2.0]], 1)": "tensor([1.0, 3.0, 2.0])"
      ]
    ) { (pieces: Tensor, step: Int) in try pieces.overlapped(step: step) }
  }
}
