import LeptonSession

/// The cells of a notebook that is loaded at the prompt, one after the other.
enum NotebookCells {
  /// Finds the cells: fences at the begin of a line whose first word is `lepton`.
  static func cells(of program: ProgramFile, seed: Int) -> [Cell] {
    var cells: [Cell] = []
    var open: (fence: Substring, info: Substring, line: Int, lines: [Substring])?
    let lines = program.text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let fence = line.prefix { $0 == "`" || $0 == "~" }
      if let cell = open {
        let isEnd = fence.count >= cell.fence.count && fence.first == cell.fence.first
        guard isEnd, line.dropFirst(fence.count).trimmed.isEmpty else {
          open?.lines.append(line)
          continue
        }
        if cell.info.split(separator: " ").first == "lepton" {
          cells.append(
            Cell(
              id: name(in: cell.info) ?? "cell-\(cells.count + 1)", file: program.path,
              text: cell.lines.joined(separator: "\n"), firstLine: cell.line + 2, seed: seed,
              entry: 0))
        }
        open = nil
      } else if fence.count >= 3 {
        open = (fence, line.dropFirst(fence.count), index, [])
      }
    }
    return cells
  }

  private static func name(in info: Substring) -> String? {
    info.split(separator: " ").first { $0.hasPrefix("#") }.map { String($0.dropFirst()) }
  }
}
