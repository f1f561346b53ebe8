import LeptonLearning
import LeptonRuntime
import LeptonTensor

extension Library {
  /// What is done to some parameters in a way of their own, to weights after each step, and to their averages.
  static var parameterGroups: Family {
    Family(
      "Groups of parameters",
      [group, layerwise, freeze, unfreeze, ema, swa, maxNorm, unitNorm, nonNegative])
  }

  private static let aboutPatterns = """
    A pattern is a path such as `0.dense.kernel`, as `keys(model.parameters)` lists them, or the beginning of some, `0`; `*` \
    stands for any characters, `*.bias`.
    """

  private static var group: Builtin {
    Builtin(
      "parameter_group(pattern, rate_factor = 1, weight_decay = nothing, frozen = nothing, constraint = nothing)",
      "The parameters whose paths a pattern matches, with a learning rate, a weight decay or a constraint of their own.",
      details:
        "For `groups=` of `train`: one group or a list, of which the last has the last word. "
        + aboutPatterns,
      examples: [
        "parameter_group(\"0\", rate_factor=0.1)": "parameter_group(\"0\", rate_factor=0.1)",
        "parameter_group(\"*.bias\", weight_decay=0)":
          "parameter_group(\"*.bias\", weight_decay=0)",
      ]
    ) {
      (
        pattern: String, rateFactor: Double, weightDecay: Double?, frozen: Bool?,
        constraint: Constraint?
      ) in
      try Settings.require(
        rateFactor >= 0 && rateFactor.isFinite, "rate_factor must be a number from 0 on")
      try Settings.require(weightDecay ?? 0 >= 0, "weight_decay must be at least 0")
      var settings = GroupSettings()
      settings.rateFactor = rateFactor
      settings.weightDecay = weightDecay
      settings.isFrozen = frozen
      settings.constraint = constraint
      return ParameterGroup.matching(PathPattern(pattern), settings)
    }
  }

  private static var layerwise: Builtin {
    Builtin(
      "layerwise(factor)",
      "Learning rates that fall from layer to layer towards the input: each is so many times that of the next.",
      details:
        "For `groups=` of `train`. It spares the first layers of a model that is trained on.",
      examples: ["layerwise(0.8)": "layerwise(0.8)"]
    ) { (factor: Double) in
      try Settings.require(factor >= 0 && factor.isFinite, "factor must be a number from 0 on")
      return ParameterGroup.layerwise(factor: factor)
    }
  }

  private static var freeze: Builtin {
    Builtin(
      "freeze(model, pattern = \"*\")",
      "The model with some parameters that further training leaves as they are.",
      details: aboutPatterns + " The field `frozen` lists them; `unfreeze` undoes it.",
      examples: [
        """
        model = freeze(untrained(dense(4) >> dense(2), input=[3]), "0")
        model.frozen
        """: "[\"0.dense.kernel\", \"0.dense.bias\"]"
      ]
    ) { (model: ModelObject, pattern: String) in
      let found = try PathPattern(pattern).matching(model.model.parameters.paths)
      return ModelObject(
        model.model.with(frozen: model.model.frozen.union(found)), of: model.value)
    }
  }

  private static var unfreeze: Builtin {
    Builtin(
      "unfreeze(model, pattern = \"*\")",
      "The model with parameters that were frozen and that training changes again.",
      details: aboutPatterns,
      examples: [
        """
        model = freeze(untrained(dense(4) >> dense(2), input=[3]))
        unfreeze(model, "*.bias").frozen
        """: "[\"0.dense.kernel\", \"1.dense.kernel\"]"
      ]
    ) { (model: ModelObject, pattern: String) in
      let found = try PathPattern(pattern).matching(model.model.parameters.paths)
      return ModelObject(
        model.model.with(frozen: model.model.frozen.subtracting(found)), of: model.value)
    }
  }

  private static var ema: Builtin {
    Builtin(
      "ema(decay = 0.999)",
      "An exponential mean of the weights of all steps, which the trained model gets.",
      details: """
        For `average=` of `train`. Its beginning is corrected as Adam's means are, so that it follows the weights from \
        the first step on. Validation looks at the mean too.
        """,
      examples: ["ema(0.99)": "ema(0.99)"]
    ) { (decay: Double) in
      try Settings.require(decay >= 0 && decay < 1, "decay must be from 0 to below 1")
      return Averaging.exponential(decay: decay)
    }
  }

  private static var swa: Builtin {
    Builtin(
      "swa(start = 0.75)",
      "The mean of the weights at the ends of epochs, from a share of the run on, which the trained model gets.",
      details:
        "For `average=` of `train` (Izmailov and others 2018). Validation looks at the mean too.",
      examples: ["swa()": "swa(0.75)"]
    ) { (start: Double) in
      try Settings.require((0...1).contains(start), "start is a share of the run, from 0 to 1")
      return Averaging.stochastic(start: start)
    }
  }

  private static let aboutConstraints = """
    For `constraint=` of `train` or of a `parameter_group`: after each step, for parameters of two axes and more. The weights that lead \
    to an output are those along all axes but the last.
    """

  private static var maxNorm: Builtin {
    Builtin(
      "max_norm(limit = 3)",
      "Holds the norm of the weights that lead to each output at or below a limit.",
      details: aboutConstraints + " (Srivastava and others 2014)",
      examples: ["max_norm(2)": "max_norm(2)"]
    ) { (limit: Double) in
      try Settings.require(limit > 0, "the limit of a norm must be above 0")
      return Constraint.maxNorm(limit)
    }
  }

  private static var unitNorm: Builtin {
    Builtin(
      "unit_norm()", "Holds the norm of the weights that lead to each output at 1.",
      details: aboutConstraints, examples: ["unit_norm()": "unit_norm()"]
    ) { () in Constraint.unitNorm }
  }

  private static var nonNegative: Builtin {
    Builtin(
      "non_negative()", "Holds weights at or above 0.", details: aboutConstraints,
      examples: ["non_negative()": "non_negative()"]
    ) { () in Constraint.nonNegative }
  }
}

extension ParameterGroup: Describable {
  /// What messages call it.
  public static var typeName: String { "group" }
}

extension Averaging: Describable {
  /// What messages call it.
  public static var typeName: String { "average" }

  /// What a word makes that is given by its name alone.
  public static func named(_ word: String) -> Averaging? {
    switch word {
    case "ema": .exponential(decay: 0.999)
    case "swa": .stochastic(start: 0.75)
    default: nil
    }
  }
}

extension Constraint: Describable {
  /// What messages call it.
  public static var typeName: String { "constraint" }

  /// What a word makes that is given by its name alone.
  public static func named(_ word: String) -> Constraint? {
    switch word {
    case "max_norm": .maxNorm(3)
    case "unit_norm": .unitNorm
    case "non_negative": .nonNegative
    default: nil
    }
  }
}

/// Groups of parameters among the arguments of a word: none, one, or a list.
struct GroupsArgument: Bridged {
  let groups: [ParameterGroup]

  static var typeDescription: String { "a group of parameters, or a list of groups" }

  static func bridging(_ value: Value) throws -> GroupsArgument {
    switch value {
    case .nothing: GroupsArgument(groups: [])
    case .list(let values): GroupsArgument(groups: try values.map(ParameterGroup.bridging))
    default: GroupsArgument(groups: [try ParameterGroup.bridging(value)])
    }
  }

  var value: Value { groups.value }
}
