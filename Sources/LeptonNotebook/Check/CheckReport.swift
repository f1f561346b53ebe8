import LeptonDisplay
import LeptonJSON
import LeptonSession

/// What a check of files tells: for people, for programs, for GitHub.
public struct CheckReport: Sendable {
  /// The files, in the order in which they were named.
  public let files: [FileCheck]

  /// Makes a report.
  public init(_ files: [FileCheck]) { self.files = files }

  /// How many findings would stop a run.
  public var errorCount: Int { files.reduce(0) { $0 + $1.errorCount } }

  /// How many findings only warn.
  public var warningCount: Int { files.reduce(0) { $0 + $1.warningCount } }

  /// The findings in the form of the house, and a line that counts them.
  public var text: String {
    let findings = files.flatMap(\.failures).map { FailureText.plain($0) + "\n" }
    return findings.joined() + summary + "\n"
  }

  /// How many files were checked and what was found: `checked 2 files: 1 error, no warnings`.
  public var summary: String {
    let found = [Self.count(errorCount, "error"), Self.count(warningCount, "warning")]
    let isClean = errorCount + warningCount == 0
    return "checked \(Self.count(files.count, "file")): "
      + (isClean ? "no mistakes" : found.joined(separator: ", "))
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    count == 0 ? "no \(noun)s" : "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// One JSON document: `{"files": [{"file": …, "failures": [failure…]}], "errors": n, "warnings": n}`.
  ///
  /// A failure has `severity`, `code`, `message`, `place`, `notes` (places), `help` (sentences) and
  /// `trace`; a place has `file`, `line`, `column`, `length`, `text` (the line) and `label`.
  ///
  /// - Throws: `JSONError` if a finding cannot be written.
  public func json() throws -> String {
    let files = try files.map { file in
      [
        "file": .string(file.path),
        "failures": .array(try file.failures.map { try JSON(encoding: $0) }),
      ] as JSON
    }
    let document: JSON = [
      "files": .array(files), "errors": JSON(integerLiteral: errorCount),
      "warnings": JSON(integerLiteral: warningCount),
    ]
    return try document.text(.pretty) + "\n"
  }

  /// A workflow command of GitHub for each finding.
  public var annotations: String {
    files.flatMap(\.failures).map { failure in
      let help = failure.help.map { "\n" + $0 }.joined()
      return WorkflowCommand(
        severity: failure.severity, file: failure.place.file, line: failure.place.line,
        columns: failure.place.column...(failure.place.column + failure.place.length),
        title: failure.code, message: failure.message + help
      ).text + "\n"
    }.joined()
  }
}
