import LeptonFiles

/// Columns that are left out.
public struct LeavingOut: Preparing, Equatable {
  /// Makes it.
  public init() {}

  /// None of which no name is given.
  public func suits(_ values: ColumnValues) -> Bool { false }

  /// Nothing.
  public func applied(
    to columns: [DataTable.Column], _ learned: [Learned]
  ) throws(FileError) -> [[DataTable.Column]] {
    columns.map { _ in [] }
  }
}
