/// The arguments of a call as far as they are known before the run.
public struct KnownArguments {
  /// The values that are known, by parameter.
  var values: [String: Value] = [:]
  /// The parameters that are given.
  var given: Set<String> = []

  /// The value of a parameter; nothing if it is not given or not known.
  public subscript(name: String) -> Value? { values[name] }

  /// Whether a parameter is given.
  public func isGiven(_ name: String) -> Bool { given.contains(name) }
}
