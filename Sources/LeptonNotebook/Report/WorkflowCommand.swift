import LeptonSyntax

/// A line that tells GitHub what to show beside a line of a file:
/// `::error file=…,line=…,title=…::message`.
///
/// In its values `%`, line ends, `:` and `,` are written as percent codes.
struct WorkflowCommand {
  var severity = Diagnostic.Severity.error
  var file: String
  var line: Int
  var columns: ClosedRange<Int>?
  var title: String
  var message: String

  /// The line, without its end.
  var text: String {
    let place = columns.map { ",col=\($0.lowerBound),endColumn=\($0.upperBound)" } ?? ""
    return "::\(severity.rawValue) file=\(Self.property(file)),line=\(line)\(place),"
      + "title=\(Self.property(title))::\(Self.data(message))"
  }

  private static func data(_ text: String) -> String {
    [("%", "%25"), ("\r", "%0D"), ("\n", "%0A")].reduce(text) { $0.replacing($1.0, with: $1.1) }
  }

  private static func property(_ text: String) -> String {
    [(":", "%3A"), (",", "%2C")].reduce(data(text)) { $0.replacing($1.0, with: $1.1) }
  }
}
