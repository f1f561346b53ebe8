extension Value {
  /// The Lepton that makes the value, whole.
  public var source: String { "" }
  /// The Lepton that makes the value, shortened where it is large.
  public var display: String { "" }
}
