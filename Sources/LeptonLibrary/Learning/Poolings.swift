import LeptonLearning
import LeptonRuntime
import LeptonTensor

extension Library {
  /// Layers without parameters that make pictures and series smaller or larger.
  static var poolings: Family {
    Family(
      "Pooling",
      [
        maxPool, avgPool, globalMaxPool, globalAvgPool, adaptiveAvgPool, upsample,
      ].map(\.foreseen))
  }

  private static let aboutPooling = """
    It takes pictures `[batch, height, width, channels]` and series `[batch, length, channels]`. `size` and `stride` \
    are one number, or one for each axis; without a stride windows lie side by side. `padding` is `"valid"`, \
    `"same"`, a number, or `[before, after]` for each axis.
    """

  private static var maxPool: Builtin {
    Builtin(
      "max_pool(size = 2, stride = nothing, padding = \"valid\")",
      "A layer that takes the largest element of each window, channel by channel.",
      details:
        "\(aboutPooling) The padding is never the largest. Of equal elements the first gets the gradient.",
      examples: [
        "max_pool(2)(reshape(range(16), [1, 4, 4, 1]))":
          "tensor([[[[5.0], [7.0]], [[13.0], [15.0]]]])",
        "conv2d(16, 3, relu) >> max_pool(3, stride=2)":
          "conv2d(16, 3, relu) >> max_pool(3, stride=2)",
      ]
    ) { (context: Context, size: Sizes, stride: Sizes?, padding: PaddingArgument) in
      try pooling(.largest, size, stride, padding, in: context)
    }
  }

  private static var avgPool: Builtin {
    Builtin(
      "avg_pool(size = 2, stride = nothing, padding = \"valid\", count_padding = false)",
      "A layer that takes the mean of each window, channel by channel.",
      details:
        "\(aboutPooling) With `count_padding=true` the zeros of the padding count as elements.",
      examples: [
        "avg_pool(2)(reshape(range(4), [1, 4, 1]))": "tensor([[[0.5], [2.5]]])",
        "avg_pool(3, stride=1, padding=1, count_padding=true)":
          "avg_pool(3, stride=1, padding=1, count_padding=true)",
      ]
    ) {
      (
        context: Context, size: Sizes, stride: Sizes?, padding: PaddingArgument, counts: Bool
      ) in
      try pooling(.mean(countsPadding: counts), size, stride, padding, in: context)
    }
  }

  private static func pooling(
    _ choice: PoolingChoice, _ size: Sizes, _ stride: Sizes?, _ padding: PaddingArgument,
    in context: Context
  ) throws -> LayerObject {
    let axes = max(1, size.list.count)
    guard axes <= 2 else {
      throw LanguageError("value/range", "a window has one size or two, not \(size.list)")
    }
    return LayerObject(
      try PoolingLayer(
        choice, size: size.filled(axes, "size"), stride: stride?.filled(axes, "stride"),
        padding: padding.padding()),
      in: context)
  }

  private static var globalMaxPool: Builtin {
    Builtin(
      "global_max_pool()", "A layer that takes the largest element of each channel.",
      details: "`[batch, height, width, channels]` becomes `[batch, channels]`.",
      examples: ["global_max_pool()(tensor([[[1, 5], [3, 2]]]))": "tensor([[3, 5]])"]
    ) { (context: Context) in LayerObject(GlobalPoolingLayer(.largest), in: context) }
  }

  private static var globalAvgPool: Builtin {
    Builtin(
      "global_avg_pool()", "A layer that takes the mean of each channel.",
      details: "`[batch, height, width, channels]` becomes `[batch, channels]`.",
      examples: ["global_avg_pool()(tensor([[[1, 5], [3, 2]]]))": "tensor([[2.0, 3.5]])"]
    ) { (context: Context) in
      LayerObject(GlobalPoolingLayer(.mean(countsPadding: false)), in: context)
    }
  }

  private static var adaptiveAvgPool: Builtin {
    Builtin(
      "adaptive_avg_pool(size)",
      "A layer that takes means of as many parts of each axis as `size` says, whatever their size.",
      details: "The parts are PyTorch's: they may differ by one place and share one.",
      examples: [
        "adaptive_avg_pool(2)(reshape(range(5), [1, 5, 1]))": "tensor([[[1.0], [3.0]]])"
      ]
    ) { (context: Context, size: Sizes) in
      LayerObject(try AdaptivePoolingLayer(oneOrTwo(size)), in: context)
    }
  }

  private static var upsample: Builtin {
    Builtin(
      "upsample(factor = 2, mode = \"nearest\")",
      "A layer that makes pictures or series so many times as large along each axis.",
      details: """
        With `mode="nearest"` each place is repeated; with `"bilinear"` places between are weighed means \
        (Keras's, and PyTorch's with `align_corners=False`).
        """,
      examples: [
        "upsample(2)(reshape(range(2), [1, 2, 1]))": "tensor([[[0.0], [0.0], [1.0], [1.0]]])",
        "upsample(2, \"bilinear\")(reshape(range(2), [1, 2, 1]))":
          "tensor([[[0.0], [0.25], [0.75], [1.0]]])",
      ]
    ) { (context: Context, factor: Sizes, mode: String) in
      let isSmooth = try choice(mode, of: ["nearest", "bilinear"], "mode") == 1
      return LayerObject(
        try UpsamplingLayer(oneOrTwo(factor), isSmooth: isSmooth), in: context)
    }
  }

  private static func oneOrTwo(_ sizes: Sizes) throws -> [Int] {
    guard 1...2 ~= sizes.list.count else {
      throw LanguageError("value/range", "there is one size or two, not \(sizes.list)")
    }
    return sizes.list
  }
}
