/// What the run of a cell may use before it is stopped, which no program catches.
public struct Limits: Sendable, Hashable {
  /// How many turns of loops and calls there may be, in steps of 8192; `nil` for as many as it takes.
  public var turns: Int?
  /// How many seconds it may take; `nil` for as many as it takes.
  public var seconds: Double?

  /// Makes limits; without arguments there are none.
  public init(turns: Int? = nil, seconds: Double? = nil) {
    self.turns = turns
    self.seconds = seconds
  }
}
