import LeptonLearning
import LeptonRuntime
import LeptonSession
import LeptonTensor

extension Library {
  /// Looking into a model while it runs.
  static var tracing: Family { Family("Looking into models", [trace]) }

  private static var trace: Builtin {
    Builtin(
      "trace(x, name)",
      "Gives back a tensor as it is, and tells its shape, type, range, mean, zeros and what is no number.",
      details: """
        Inside a model that is trained it tells in the first step and in the last step of each epoch, and in the \
        very step in which the value is not finite for the first time; of several values the first that goes wrong \
        is named if the loss diverges. In `predict` and `evaluate` it tells of the first batch, elsewhere of each call. \
        Gradients go through it.
        """,
      examples: [
        "trace(tensor([0.0, 1.0, 5.0, 2.0]), \"hidden\") * 2":
          "hidden: float32 [4], from 0 to 5, mean 2, 25 % zeros\ntensor([0.0, 2.0, 10.0, 4.0])"
      ]
    ) { (context: Context, x: Tensor, name: String) in
      let scope = LayerScope.current(in: context)
      if let scope, let trace = x.trace, !trace.evaluates || scope.isTraining {
        scope.watch(name, x)
      } else {
        context.sighted(try Sighting(name, x.evaluated()))
      }
      return x
    }
  }
}

extension Context {
  /// Tells what a value was.
  func sighted(_ sighting: Sighting) { emit(.text(sighting.line())) }
}

extension Sighting {
  /// The sighting in a line: `hidden (epoch 1, step 1): float32 [32, 16], from 0 to 2.5, mean 0.4, 48 % zeros`.
  func line(at place: String = "") -> String {
    var parts = ["\(elementType.rawValue) \(shape)"]
    if let low, let high, let mean {
      parts += ["from \(short(low)) to \(short(high))", "mean \(short(mean))"]
    }
    parts.append("\(short(100 * zeroShare)) % zeros")
    if nanCount > 0 { parts.append("\(nanCount) NaN") }
    if infiniteCount > 0 { parts.append("\(infiniteCount) infinite") }
    return name + (place.isEmpty ? "" : " (\(place))") + ": " + parts.joined(separator: ", ")
  }

  /// A number with four digits.
  private func short(_ number: Double) -> String {
    (try? TextFormat(".4g").apply(to: .float(number))) ?? "\(number)"
  }
}

extension Context {
  /// Calls something of the program as a part of what a trace records.
  ///
  /// What it does beside computing (it prints, draws from chance, reads a file) a replay would not do
  /// again; so such a recording is given up, and whoever made it does without.
  func recording<Result>(_ x: Tensor, _ body: () throws -> Result) throws -> Result {
    guard let trace = x.trace, !trace.evaluates else { return try body() }
    let (result, isPure) = try tried(body)
    guard isPure else { throw trace.refusingEffect() }
    return result
  }
}
