/// The numbers of L-BFGS (Nocedal 1980), which looks at all examples at once.
public struct LBFGSRule: Sendable, Hashable {
  /// The length of the step that is tried first; that of the very first step is shorter.
  public var rate: LearningRate
  /// How many steps an epoch makes at most.
  public var iterations: Int
  /// How many steps are remembered.
  public var history: Int
  /// The largest element of a gradient that counts as none.
  public var gradientTolerance: Double
  /// The change of parameters and of the loss that counts as none.
  public var changeTolerance: Double

  /// Makes the rule; the defaults are PyTorch's, but for a shorter memory.
  public init(
    rate: LearningRate = 1, iterations: Int = 20, history: Int = 10,
    gradientTolerance: Double = 1e-7, changeTolerance: Double = 1e-9
  ) {
    self.rate = rate
    self.iterations = iterations
    self.history = history
    self.gradientTolerance = gradientTolerance
    self.changeTolerance = changeTolerance
  }

  /// The Lepton that makes it.
  public var source: String {
    var text = "lbfgs(\(rate.source)"
    if iterations != 20 { text += ", iterations=\(iterations)" }
    if history != 10 { text += ", history=\(history)" }
    if gradientTolerance != 1e-7 { text += ", gradient_tolerance=\(shortest(gradientTolerance))" }
    if changeTolerance != 1e-9 { text += ", change_tolerance=\(shortest(changeTolerance))" }
    return text + ")"
  }
}
