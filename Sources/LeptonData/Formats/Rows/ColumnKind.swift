/// What the values of a column are.
public enum ColumnKind: String, Sendable, Hashable, CaseIterable {
  /// Whole numbers of 64 bits.
  case integer
  /// Numbers; a table written as text may say `nan`, `inf` and `-inf`.
  case number
  /// `true` and `false`.
  case truth
  /// Anything.
  case text
}

/// What happens to a row that is none, or not as long as the others, and to a value that is not of its
/// column's kind.
public enum BadRows: String, Sendable, Hashable, CaseIterable {
  /// Reading ends with an error that says where.
  case error
  /// The row is left out.
  case skip
  /// What is lacking or wrong is missing, what is too much is left out.
  case null
}
