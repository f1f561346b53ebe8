/// What no file that makes sense goes beyond, so that a small one cannot fill the memory.
enum RowLimits {
  /// How many bytes are waited for the end of a row.
  static let size = 1 << 26

  /// Whether rows have so many columns that hardly any of their values can stand in so many bytes.
  static func areSparse(_ rows: Int, _ columns: Int, in bytes: Int) -> Bool {
    rows.multipliedReportingOverflow(by: columns).partialValue > 1 << 22 + 32 * bytes
  }

  /// What is said of such rows.
  static func sparse(_ columns: Int) -> String {
    "the table has \(columns) columns, in which hardly any value stands"
  }

  static let help = ["columns=[…] reads some columns"]
}
