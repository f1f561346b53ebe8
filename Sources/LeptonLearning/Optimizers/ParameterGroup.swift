import LeptonTensor

/// Parameters that are trained in a way of their own.
public enum ParameterGroup: Sendable, Hashable {
  /// Those whose path a pattern matches.
  case matching(PathPattern, GroupSettings)
  /// All: the learning rate of each layer is `factor` times that of the layer behind it.
  case layerwise(factor: Double)

  /// The Lepton that makes it.
  public var source: String {
    switch self {
    case .matching(let pattern, let settings):
      "parameter_group(\"\(pattern.text)\"\(settings.source))"
    case .layerwise(let factor): "layerwise(\(shortest(factor)))"
    }
  }
}

/// What is done in another way to the parameters of a group; nothing is as for all others.
public struct GroupSettings: Sendable, Hashable {
  /// By what the learning rate is multiplied.
  public var rateFactor = 1.0
  /// The weight decay.
  public var weightDecay: Double?
  /// Whether they stay as they are.
  public var isFrozen: Bool?
  /// What they are held to.
  public var constraint: Constraint?

  /// Makes settings that change nothing.
  public init() {}

  fileprivate var source: String {
    var parts = ""
    if rateFactor != 1 { parts += ", rate_factor=\(shortest(rateFactor))" }
    if let weightDecay { parts += ", weight_decay=\(shortest(weightDecay))" }
    if let isFrozen { parts += ", frozen=\(isFrozen)" }
    if let constraint { parts += ", constraint=\(constraint.source)" }
    return parts
  }
}

extension Constraint {
  /// The Lepton that makes it.
  public var source: String {
    switch self {
    case .maxNorm(let limit): "max_norm(\(shortest(limit)))"
    case .unitNorm: "unit_norm()"
    case .nonNegative: "non_negative()"
    }
  }
}

/// A pattern of paths: `*` stands for any characters, `?` for one; a path stands also for all below it.
public struct PathPattern: Sendable, Hashable {
  /// The pattern as it was written.
  public let text: String

  /// Makes a pattern.
  public init(_ text: String) { self.text = text }

  /// Whether it matches a path, or one above it.
  public func matches(_ path: String) -> Bool {
    let parts = path.split(separator: ".", omittingEmptySubsequences: false)
    return parts.indices.reversed().contains { end in
      PathPattern.matches(Array(text), Array(parts[...end].joined(separator: ".")))
    }
  }

  /// The paths that it matches.
  ///
  /// - Throws: `TensorError` with code `model/parameter` and the paths that there are if it matches none.
  public func matching(_ paths: [String]) throws -> [String] {
    let found = paths.filter(matches)
    guard found.isEmpty else { return found }
    let shown = paths.prefix(12).joined(separator: ", ") + (paths.count > 12 ? ", …" : "")
    throw TensorError(
      "model/parameter", "no parameter matches \"\(text)\"",
      help: [
        paths.isEmpty ? "the model has no parameters" : "the parameters are \(shown)",
        "`*` stands for any characters: \"*.bias\"; \"0\" is all of the first layer",
      ])
  }

  /// Matches in time proportional to the product of the lengths, whatever the pattern.
  private static func matches(_ pattern: [Character], _ text: [Character]) -> Bool {
    var (p, t, star, mark) = (0, 0, -1, 0)
    while t < text.count {
      if p < pattern.count, pattern[p] == "*" {
        (star, mark) = (p, t)
        p += 1
      } else if p < pattern.count, pattern[p] == "?" || pattern[p] == text[t] {
        p += 1
        t += 1
      } else if star >= 0 {
        mark += 1
        (p, t) = (star + 1, mark)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == "*" }
  }
}

extension [ParameterGroup] {
  /// What is done to each of the parameters under paths; later groups have the last word.
  ///
  /// - Throws: `TensorError` with code `model/parameter` if a pattern matches none, or nothing is left to
  ///   train.
  func settings(
    for paths: [String], frozen: Set<String>, constraint: Constraint?
  ) throws -> [ParameterSettings] {
    var settings = paths.map { path in
      var settings = ParameterSettings()
      settings.isFrozen = frozen.contains(path)
      settings.constraint = constraint
      return settings
    }
    for group in self { try group.apply(to: &settings, of: paths) }
    guard settings.contains(where: { !$0.isFrozen }) else {
      throw TensorError(
        "model/parameter", "all parameters are frozen, so there is nothing to train",
        help: ["unfreeze some: unfreeze(model, \"*.bias\")"])
    }
    return settings
  }
}

extension ParameterGroup {
  fileprivate func apply(to settings: inout [ParameterSettings], of paths: [String]) throws {
    switch self {
    case .matching(let pattern, let group):
      let found = Set(try pattern.matching(paths))
      for index in paths.indices where found.contains(paths[index]) {
        settings[index].apply(group)
      }
    case .layerwise(let factor):
      let layers = paths.map { String($0.prefix { $0 != "." }) }
      let order = layers.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      for (index, layer) in layers.enumerated() {
        let behind = order.count - 1 - (order.firstIndex(of: layer) ?? 0)
        for _ in 0..<behind { settings[index].rateFactor *= factor }
      }
    }
  }
}

extension ParameterSettings {
  fileprivate mutating func apply(_ group: GroupSettings) {
    rateFactor *= group.rateFactor
    weightDecay = group.weightDecay ?? weightDecay
    isFrozen = group.isFrozen ?? isFrozen
    constraint = group.constraint ?? constraint
  }
}
