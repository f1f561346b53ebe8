/// Values of parameters that are tried out in every combination.
public struct Sweep: Sendable, Hashable {
  /// A parameter and the spellings of its values.
  struct Axis: Sendable, Hashable {
    var name: String
    var values: [String]
  }

  /// How many runs a sweep may have.
  public static let limit = 10_000

  let axes: [Axis]

  /// Reads `lr=0.1,0.3` and the like; commas inside brackets belong to a value.
  ///
  /// - Throws: `RunRefusal` for a text of another form, a name that stands twice, too many runs.
  public init(_ texts: [String]) throws(RunRefusal) {
    var axes: [Axis] = []
    var count = 1
    for text in texts {
      let (name, list) = try ParameterSources.assignment(text, option: "--sweep")
      guard !axes.contains(where: { $0.name == name }) else {
        throw RunRefusal(.usage, "`\(name)` stands in two `--sweep`")
      }
      axes.append(Axis(name: name, values: Self.parts(of: list)))
      count = count.multipliedReportingOverflow(by: axes[axes.count - 1].values.count).partialValue
      guard (1...Self.limit).contains(count) else {
        throw RunRefusal(.usage, "a sweep has at most \(Self.limit) runs")
      }
    }
    self.axes = axes
  }

  /// The names of the parameters, in the order in which they were given.
  public var names: [String] { axes.map(\.name) }

  /// Every combination, the last parameter changing fastest: each a list of `name=value`.
  public var points: [[String]] {
    axes.reduce([[]]) { points, axis in
      points.flatMap { point in axis.values.map { point + ["\(axis.name)=\($0)"] } }
    }
  }

  /// Cuts a text at the commas that stand in no brackets.
  private static func parts(of text: String) -> [String] {
    var parts = [""]
    var depth = 0
    for character in text {
      if character == "[" { depth += 1 }
      if character == "]" { depth -= 1 }
      if character == ",", depth == 0 {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts
  }
}
