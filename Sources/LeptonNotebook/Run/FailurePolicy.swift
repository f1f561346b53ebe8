/// What is done with the cells behind one that failed.
public enum FailurePolicy: String, Sendable, Hashable, CaseIterable {
  /// Those that need a name which did not come to be are not run, the others are.
  case independent
  /// None of them is run.
  case stop
  /// All of them are run.
  case `continue`
}
