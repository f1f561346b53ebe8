/// What the lines before a notebook's text say about the run.
public struct FrontMatter: Sendable {
  /// The lines as they stand in the file, with the lines of hyphens around them.
  public var text = ""
  /// What the notebook is called.
  public var title: String?
  /// The seed of its chance.
  public var seed: Int?
  /// How many threads compute.
  public var threads: Int?
  /// After how many seconds a cell is stopped.
  public var timeout: Double?
  /// After how many seconds the whole run is stopped.
  public var totalTimeout: Double?
  /// How much memory the run may use, in bytes.
  public var memoryLimit: Int?
  /// How many bytes of text a cell may give.
  public var outputLimit: Int?
  /// What is done with the cells behind one that failed.
  public var onError: FailurePolicy?
  /// How far numbers may be from what is expected.
  public var tolerance = Tolerance()
  /// What a user may set, in order.
  public var parameters: [Parameter] = []
  /// What recorded results must hold, in order.
  public var metrics: [MetricBound] = []

  /// Makes the front matter of a notebook that has none.
  public init() {}
}

/// What a recorded result must hold.
public struct MetricBound: Sendable, Hashable {
  /// The name under which it is recorded.
  public var name: String
  /// The smallest value that will do.
  public var minimum: Double?
  /// The largest value that will do.
  public var maximum: Double?
  /// The value it must have.
  public var value: Double?
  /// How far it may be from that value.
  public var tolerance = Tolerance()
  /// The line on which it stands, from 1.
  public var line: Int
}

/// The lines of a file that are its front matter: from a first line `---` to the next `---` or `...`.
package struct FrontMatterText: Sendable {
  /// The lines as they stand in the file.
  package var text = ""
  /// The lines between the first and the last.
  package var yaml = ""
  /// How many lines there are in all.
  package var lineCount = 0

  /// Finds the front matter of a file.
  package init(of table: LineTable) {
    guard Self.isRule(table[0], ["---"]),
      let last = (1..<max(1, table.count)).first(where: { Self.isRule(table[$0], ["---", "..."]) })
    else { return }
    lineCount = last + 1
    text = table[0..<lineCount]
    yaml = table[1..<last]
  }

  private static func isRule(_ line: Substring, _ rules: [String]) -> Bool {
    rules.contains { line.hasPrefix($0) && line.dropFirst(3).trimmed.isEmpty }
  }
}
