/// The usual layout of a notebook's file: what needs no words in the metadata of a Jupyter notebook.
enum JupyterSpacing {
  /// Prose with a blank line towards the fences beside it.
  static func prose(_ core: String, isFirst: Bool, beforeFence: Bool) -> String {
    (isFirst ? "" : "\n") + core + "\n" + (beforeFence ? "\n" : "")
  }

  /// A cell between fences of three backticks; its code as Jupyter keeps it, without a last line end.
  static func cell(_ info: some StringProtocol, _ source: String) -> String {
    "```lepton\(info)\n\(source)\(source.isEmpty ? "" : "\n")```\n"
  }
}

extension String {
  /// The text without blank lines at its ends and without its last line end.
  var trimmedLines: String {
    var lines = split(separator: "\n", omittingEmptySubsequences: false)[...]
    while let first = lines.first, first.trimmed.isEmpty { lines.removeFirst() }
    while let last = lines.last, last.trimmed.isEmpty { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  /// The text without its last line end.
  var withoutLastLineEnd: String { hasSuffix("\n") ? String(dropLast()) : self }

  /// The lines, each with its line end, as nbformat keeps a text.
  var linesWithEnds: [String] {
    let table = LineTable(self)
    return (0..<table.count).map { table[$0..<($0 + 1)] }
  }
}
