import LeptonSession

/// How numbers are written, the one place where that is decided.
public enum NumberText {
  /// Writes a number as a format asks.
  public static func text(of number: Double, _ format: NumberFormat = .general) -> String { "" }
  /// Writes an integer as a format asks.
  public static func text(of number: Int, _ format: NumberFormat = .general) -> String { "" }
  /// Writes a cell of a table as its column asks; a missing cell is empty.
  public static func text(of cell: Table.Cell, _ format: NumberFormat = .general) -> String { "" }
}
