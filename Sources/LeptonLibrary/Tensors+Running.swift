import LeptonRuntime
import LeptonTensor

extension Library {
  /// What the elements along an axis have come to at each place.
  static var cumulatives: Family {
    Family("Running along an axis", [cumsum, cumprod, cummax, cummin, diff])
  }

  private static let aboutAxis =
    "Without `axis` it runs through all elements, row by row, and gives one axis."

  private static var cumsum: Builtin {
    cumulative(
      "cumsum", "Running sums.", details: " Whole numbers and truths are added up as int64.",
      examples: [
        "cumsum([1, 2, 3])": "tensor([1, 3, 6])",
        "cumsum([[1, 2], [3, 4]], axis=0)": "tensor([[1, 2], [4, 6]])",
      ]
    ) { try $0.cumulativeSum(axis: $1) }
  }

  private static var cumprod: Builtin {
    cumulative(
      "cumprod", "Running products.",
      details: " Whole numbers and truths are multiplied as int64.",
      examples: ["cumprod([1, 2, 3, 4])": "tensor([1, 2, 6, 24])"]
    ) { try $0.cumulativeProduct(axis: $1) }
  }

  private static var cummax: Builtin {
    cumulative(
      "cummax", "The largest element so far.", details: " It is `nan` from the first `nan` on.",
      examples: ["cummax([3, 1, 4, 1, 5])": "tensor([3, 3, 4, 4, 5])"]
    ) { try $0.cumulativeMaximum(axis: $1) }
  }

  private static var cummin: Builtin {
    cumulative(
      "cummin", "The smallest element so far.", details: " It is `nan` from the first `nan` on.",
      examples: ["cummin([3, 1, 4, 1, 5])": "tensor([3, 1, 1, 1, 1])"]
    ) { try $0.cumulativeMinimum(axis: $1) }
  }

  private static var diff: Builtin {
    Builtin(
      "diff(x, times = 1, axis = -1)", "The differences of neighbours along an axis.",
      details: """
        `times` says how often differences of differences are taken. Of truths it tells where \
        neighbours differ.
        """,
      examples: [
        "diff([1, 4, 9, 16])": "tensor([3, 5, 7])", "diff([1, 4, 9, 16], 2)": "tensor([2, 2])",
        "diff([[1, 2], [5, 9]], axis=0)": "tensor([[4, 7]])",
      ]
    ) { (x: Tensor, times: Int, axis: Int) in try x.differences(times, axis: axis) }
  }

  private static func cumulative(
    _ name: String, _ summary: String, details: String,
    examples: KeyValuePairs<String, String>,
    _ body: @escaping (Tensor, Int) throws -> Tensor
  ) -> Builtin {
    Builtin(
      "\(name)(x, axis = nothing)", summary, details: aboutAxis + details, examples: examples
    ) { (x: Tensor, axis: Int?) -> Tensor in
      guard let axis else { return try body(x.reshaped(to: [-1]), 0) }
      return try body(x, axis)
    }
  }
}
