import LeptonLearning
import LeptonRuntime
import LeptonTensor

extension Library {
  /// Layers of filters that slide over pictures and series.
  static var convolutions: Family {
    Family(
      "Convolution",
      [
        conv2d, conv1d, depthwiseConv2d, depthwiseConv1d, convTranspose2d, convTranspose1d,
      ].map(\.foreseen) + [convolve, convolveTranspose])
  }

  private static let aboutWindows = """
    `size`, `stride` and `dilation` are one number, or one for each axis. `padding` is `"valid"` (none), `"same"` \
    (as many places as before, divided by the stride), a number, or `[before, after]` for each axis; with `border` \
    it holds elements of the input instead of zeros: `"edge"`, `"reflect"`, `"symmetric"`, `"wrap"`.
    """

  private static var conv2d: Builtin {
    convolution(
      2, "A layer of filters over pictures: activation(convolution + bias).",
      details: """
        Pictures are `[batch, height, width, channels]`; without an axis of channels they have one. The kernel is \
        `[height, width, channels / groups, filters]`. \(aboutWindows) The defaults are Keras's.
        """,
      examples: [
        "conv2d(16, 3, relu)": "conv2d(16, 3, relu)",
        "summary(conv2d(16, [3, 5], padding=\"same\"), input=[28, 28]).output[0]":
          "\"[28, 28, 16]\"",
        "untrained(conv2d(1, 2, kernel=ones), input=[2, 2])(tensor([[[1, 2], [3, 4]]]))":
          "tensor([[[[10.0]]]])",
      ])
  }

  private static var conv1d: Builtin {
    convolution(
      1, "A layer of filters over series: activation(convolution + bias).",
      details: """
        Series are `[batch, length, channels]`; without an axis of channels they have one. The kernel is \
        `[length, channels / groups, filters]`. With `padding="causal"` no output sees what comes later. \
        \(aboutWindows)
        """,
      examples: [
        "conv1d(8, 3, relu, padding=\"causal\")": "conv1d(8, 3, relu, padding=\"causal\")",
        "untrained(conv1d(1, 2, kernel=ones), input=[3])(tensor([[1, 2, 3]]))":
          "tensor([[[3.0], [5.0]]])",
      ])
  }

  private static func convolution(
    _ axes: Int, _ summary: String, details: String, examples: KeyValuePairs<String, String>
  ) -> Builtin {
    Builtin(
      "conv\(axes)d(filters, size, activation = identity, stride = 1, padding = \"valid\", dilation = 1, "
        + "groups = 1, border = \"zeros\", kernel = glorot, bias = zeros)",
      summary, details: details, examples: examples
    ) {
      (
        context: Context, filters: Int, size: Sizes, activation: Value, stride: Sizes,
        padding: PaddingArgument, dilation: Sizes, groups: Int, border: BorderArgument,
        kernel: InitializerArgument, bias: InitializerArgument?
      ) in
      let windows = WindowArguments(
        axes: axes, size: size, stride: stride, padding: padding, dilation: dilation,
        border: border)
      return LayerObject(
        try ConvolutionLayer(
          filters, windows.sliding(), groups: groups,
          ending: ending(activation, kernel, bias, in: context)),
        in: context)
    }
  }

  private static var depthwiseConv2d: Builtin {
    depthwise(
      2, "A layer of filters over pictures that each see one channel.",
      details: """
        The kernel is `[height, width, channels, multiplier]`, and each channel gives `multiplier` channels. \
        \(aboutWindows)
        """,
      examples: [
        "summary(depthwise_conv2d(3), input=[8, 8, 16]).total_parameters": "160"
      ])
  }

  private static var depthwiseConv1d: Builtin {
    depthwise(
      1, "A layer of filters over series that each see one channel.",
      details: """
        The kernel is `[length, channels, multiplier]`, and each channel gives `multiplier` channels. \
        \(aboutWindows)
        """,
      examples: ["summary(depthwise_conv1d(5), input=[32, 16]).total_parameters": "96"])
  }

  private static func depthwise(
    _ axes: Int, _ summary: String, details: String, examples: KeyValuePairs<String, String>
  ) -> Builtin {
    Builtin(
      "depthwise_conv\(axes)d(size, activation = identity, multiplier = 1, stride = 1, padding = \"valid\", "
        + "dilation = 1, border = \"zeros\", kernel = glorot, bias = zeros)",
      summary, details: details, examples: examples
    ) {
      (
        context: Context, size: Sizes, activation: Value, multiplier: Int, stride: Sizes,
        padding: PaddingArgument, dilation: Sizes, border: BorderArgument,
        kernel: InitializerArgument, bias: InitializerArgument?
      ) in
      let windows = WindowArguments(
        axes: axes, size: size, stride: stride, padding: padding, dilation: dilation,
        border: border)
      return LayerObject(
        try DepthwiseLayer(
          windows.sliding(), multiplier: multiplier,
          ending: ending(activation, kernel, bias, in: context)),
        in: context)
    }
  }

  private static var convTranspose2d: Builtin {
    transposed(
      2, "A layer that widens pictures: the transposed convolution, with bias and activation.",
      details: """
        The kernel is `[height, width, filters, channels]`, as in Keras. An axis of n places gets (n - 1) * stride + \
        size places, less the padding, and `output_padding` more; with `padding="same"` it gets n * stride.
        """,
      examples: [
        "summary(conv_transpose2d(8, 3, stride=2, padding=\"same\"), input=[7, 7, 16]).output[0]":
          "\"[14, 14, 8]\""
      ])
  }

  private static var convTranspose1d: Builtin {
    transposed(
      1, "A layer that widens series: the transposed convolution, with bias and activation.",
      details: """
        The kernel is `[length, filters, channels]`, as in Keras. An axis of n places gets (n - 1) * stride + size \
        places, less the padding, and `output_padding` more; with `padding="same"` it gets n * stride.
        """,
      examples: [
        "untrained(conv_transpose1d(1, 2, stride=2, kernel=ones), input=[2])(tensor([[1, 2]]))":
          "tensor([[[1.0], [1.0], [2.0], [2.0]]])"
      ])
  }

  private static func transposed(
    _ axes: Int, _ summary: String, details: String, examples: KeyValuePairs<String, String>
  ) -> Builtin {
    Builtin(
      "conv_transpose\(axes)d(filters, size, activation = identity, stride = 1, padding = \"valid\", "
        + "output_padding = 0, dilation = 1, kernel = glorot, bias = zeros)",
      summary, details: details, examples: examples
    ) {
      (
        context: Context, filters: Int, size: Sizes, activation: Value, stride: Sizes,
        padding: PaddingArgument, outputPadding: Sizes, dilation: Sizes,
        kernel: InitializerArgument, bias: InitializerArgument?
      ) in
      let windows = WindowArguments(
        axes: axes, size: size, stride: stride, padding: padding, dilation: dilation)
      return LayerObject(
        try TransposedConvolutionLayer(
          filters, windows.sliding(), extra: outputPadding.filled(axes, "output_padding"),
          ending: ending(activation, kernel, bias, in: context)),
        in: context)
    }
  }

  private static func ending(
    _ activation: Value, _ kernel: InitializerArgument, _ bias: InitializerArgument?,
    in context: Context
  ) throws -> LayerEnding {
    LayerEnding(
      activation: try LayerMaker(context).activation(activation),
      kernel: try kernel.initializer(in: context), bias: try bias?.initializer(in: context))
  }

  private static var convolve: Builtin {
    Builtin(
      "convolve(x, filters, stride = 1, padding = \"valid\", dilation = 1, groups = 1, border = \"zeros\")",
      "The convolution of pictures or series with filters, which are not turned round.",
      details: """
        Pictures are `[batch, height, width, channels]` and their filters `[height, width, channels / groups, \
        outputs]`; series are `[batch, length, channels]` and theirs `[length, channels / groups, outputs]`. \
        \(aboutWindows)
        """,
      examples: [
        "convolve([[[1], [2], [3], [4]]], [[[1]], [[-1]]])": "tensor([[[-1.0], [-1.0], [-1.0]]])",
        "convolve(ones([1, 4, 4, 1]), ones([3, 3, 1, 2]), padding=\"same\").shape": "[1, 4, 4, 2]",
      ]
    ) {
      (
        x: Tensor, filters: Tensor, stride: Sizes, padding: PaddingArgument, dilation: Sizes,
        groups: Int, border: BorderArgument
      ) -> Tensor in
      let windows = try windows(of: filters, x, stride, padding, dilation, border)
      return try x.convolved(with: filters, windows.sliding(), groups: groups)
    }
  }

  private static var convolveTranspose: Builtin {
    Builtin(
      "convolve_transpose(x, filters, stride = 1, padding = \"valid\", output_padding = 0, dilation = 1, "
        + "groups = 1)",
      "The transposed convolution of pictures or series: what a convolution makes of outputs on the way back.",
      details: """
        Filters are `[height, width, outputs / groups, channels]`, or `[length, outputs / groups, channels]` for series.
        """,
      examples: [
        "convolve_transpose([[[1], [2]]], [[[1]], [[10]]], stride=2)":
          "tensor([[[1.0], [10.0], [2.0], [20.0]]])"
      ]
    ) {
      (
        x: Tensor, filters: Tensor, stride: Sizes, padding: PaddingArgument, outputPadding: Sizes,
        dilation: Sizes, groups: Int
      ) -> Tensor in
      let windows = try windows(of: filters, x, stride, padding, dilation, nil)
      return try x.convolvedBack(
        with: filters, windows.sliding(),
        extra: outputPadding.filled(windows.axes, "output_padding"), groups: groups)
    }
  }

  /// The numbers of windows whose size filters have.
  private static func windows(
    of filters: Tensor, _ x: Tensor, _ stride: Sizes, _ padding: PaddingArgument,
    _ dilation: Sizes, _ border: BorderArgument?
  ) throws -> WindowArguments {
    guard filters.shape.rank == x.shape.rank, [3, 4].contains(x.shape.rank) else {
      _ = try x.convolved(with: filters)
      throw LanguageError("shape/rank", "a convolution takes pictures or series, and filters")
    }
    let axes = x.shape.rank - 2
    return WindowArguments(
      axes: axes, size: Sizes(list: Array(filters.shape.sizes.prefix(axes))), stride: stride,
      padding: padding, dilation: dilation, border: border)
  }
}
