import LeptonLearning
import LeptonRuntime
import LeptonTensor

extension Library {
  /// Layers that bring numbers to a common mean and size.
  static var normalizations: Family {
    Family(
      "Normalisation",
      [batchNorm, layerNorm, rmsNorm, groupNorm, instanceNorm].map(\.foreseen))
  }

  private static let aboutLearned = """
    What is learned begins as `scale` and `shift` draw it; `scale=nothing` and `shift=nothing` leave it out.
    """

  private static var batchNorm: Builtin {
    Builtin(
      "batch_norm(momentum = 0.9, epsilon = 1e-5, scale = ones, shift = zeros)",
      "Brings each channel to mean 0 and variance 1, then scales and shifts it by what is learned.",
      details: """
        While training, means and variances are those of the batch, over all axes but the last (Ioffe and Szegedy 2015). \
        The states `mean` and `variance` keep `momentum` of themselves in each step and take the rest from the batch, its \
        variance with n - 1, as in PyTorch, whose momentum is 1 minus this one; outside training they are used. \(aboutLearned)
        """,
      examples: [
        "batch_norm()": "batch_norm()",
        "keys(untrained(batch_norm(), input=[3]).states)":
          "[\"0.batch_norm.mean\", \"0.batch_norm.variance\"]",
        """
        data = dataset([[1.0], [3.0]], [0.0, 0.0])
        train(batch_norm(momentum=0), data).states
        """: "{\"0.batch_norm.mean\": tensor([2.0]), \"0.batch_norm.variance\": tensor([2.0])}",
      ]
    ) {
      (
        context: Context, momentum: Double, epsilon: Double, scale: InitializerArgument?,
        shift: InitializerArgument?
      ) in
      LayerObject(
        try BatchNorm(
          momentum: momentum, epsilon: epsilon, scale: scale?.initializer(in: context),
          shift: shift?.initializer(in: context)), in: context)
    }
  }

  private static var layerNorm: Builtin {
    Builtin(
      "layer_norm(axis = -1, epsilon = 1e-5, scale = ones, shift = zeros)",
      "Brings the numbers of each example along the last axes to mean 0 and variance 1, then scales and shifts them.",
      details: """
        The axes go from `axis` to the last: -1 is the last alone, 1 is all of an example (Ba and others 2016). \
        \(aboutLearned)
        """,
      examples: [
        "untrained(layer_norm(epsilon=1e-9), input=[2])(tensor([[1.0, 3.0]]))":
          "tensor([[-1.0, 1.0]])",
        "summary(layer_norm(axis=1), input=[4, 5]).total_parameters": "40",
      ]
    ) {
      (
        context: Context, axis: Int, epsilon: Double, scale: InitializerArgument?,
        shift: InitializerArgument?
      ) in
      LayerObject(
        try LayerNorm(
          axis: axis, epsilon: epsilon, scale: scale?.initializer(in: context),
          shift: shift?.initializer(in: context)), in: context)
    }
  }

  private static var rmsNorm: Builtin {
    Builtin(
      "rms_norm(epsilon = 1e-5, scale = ones)",
      "Scales numbers to a mean square of 1 along the last axis, then by what is learned.",
      details: "Zhang and Sennrich 2019. `scale=nothing` learns nothing.",
      examples: [
        "keys(untrained(rms_norm(), input=[3]).parameters)": "[\"0.rms_norm.scale\"]",
        "untrained(rms_norm(epsilon=1e-9), input=[2])(tensor([[3.0, 3.0]]))":
          "tensor([[1.0, 1.0]])",
      ]
    ) { (context: Context, epsilon: Double, scale: InitializerArgument?) in
      LayerObject(
        try RMSNorm(epsilon: epsilon, scale: scale?.initializer(in: context)), in: context)
    }
  }

  private static var groupNorm: Builtin {
    Builtin(
      "group_norm(groups, epsilon = 1e-5, scale = ones, shift = zeros)",
      "Brings each group of channels of each example to mean 0 and variance 1, then scales and shifts the channels.",
      details: """
        The last axis counts the channels, of which neighbours form groups (Wu and He 2018). \(aboutLearned)
        """,
      examples: [
        "untrained(group_norm(2, epsilon=1e-9), input=[4])(tensor([[1.0, 3.0, 5.0, 9.0]]))":
          "tensor([[-1.0, 1.0, -1.0, 1.0]])"
      ]
    ) {
      (
        context: Context, groups: Int, epsilon: Double, scale: InitializerArgument?,
        shift: InitializerArgument?
      ) in
      LayerObject(
        try GroupNorm(
          .count(groups), epsilon: epsilon, scale: scale?.initializer(in: context),
          shift: shift?.initializer(in: context)), in: context)
    }
  }

  private static var instanceNorm: Builtin {
    Builtin(
      "instance_norm(epsilon = 1e-5, scale = nothing, shift = nothing)",
      "Brings each channel of each example to mean 0 and variance 1.",
      details: """
        Ulyanov and others 2016. As in PyTorch nothing is learned unless `scale=ones` or `shift=zeros` says how it begins.
        """,
      examples: [
        "untrained(instance_norm(epsilon=1e-9), input=[2, 1])(tensor([[[1.0], [3.0]]]))":
          "tensor([[[-1.0], [1.0]]])"
      ]
    ) {
      (
        context: Context, epsilon: Double, scale: InitializerArgument?, shift: InitializerArgument?
      ) in
      LayerObject(
        try GroupNorm(
          .each, epsilon: epsilon, scale: scale?.initializer(in: context),
          shift: shift?.initializer(in: context)), in: context)
    }
  }
}
