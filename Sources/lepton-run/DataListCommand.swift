import ArgumentParser
import LeptonCatalogue
import LeptonFiles

/// Shows the catalogue.
struct DataListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Show the data sets: what is here, what is not, and how each is had.",
    discussion: "With names, all that the catalogue says about them.")

  @Argument(help: "Sets to tell more about.")
  var names: [String] = []
}

extension DataListCommand: DataLaunchable {
  func done(to sets: Collection) throws(FileError) -> String {
    if names.isEmpty { return overview(of: sets) }
    var pages: [String] = []
    for name in names { pages.append(page(about: try sets.entry(named: name), sets)) }
    return pages.joined(separator: "\n")
  }

  private func overview(of sets: Collection) -> String {
    let known = CatalogueEntry.all.map { entry in
      [entry.name, entry.task, entry.size, entry.licence, state(of: entry, in: sets)]
    }
    let own = sets.ownNames.map { [$0, "your own", "", "", "here"] }
    let rows = [["name", "task", "size", "licence", "state"]] + known + own
    let widths = (0..<5).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      var line = cells.joined(separator: "  ")[...]
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  private func page(about entry: CatalogueEntry, _ sets: Collection) -> String {
    let files = entry.files.map { file in
      "\(file.name)  \(file.byteCount) bytes  sha256 \(file.digest)"
        + (file.address.map { "\n           from \($0)" } ?? "")
    }
    return """
      \(entry.name): \(entry.summary)
        task     \(entry.task)
        size     \(entry.size)
        word     \(entry.word)
        state    \(state(of: entry, in: sets))
        licence  \(entry.licence)
        creators \(entry.creators)
        source   \(entry.source)
        scores   \(entry.scores.joined(separator: "\n           "))
        files    \(files.joined(separator: "\n           "))

      """
  }

  private func state(of entry: CatalogueEntry, in sets: Collection) -> String {
    switch sets.state(of: entry) {
    case .here(let folder): entry.isBundled ? "here, comes along" : "here, in \(folder)"
    case .partly(let missing): "without \(missing.joined(separator: ", ")): \(entry.way)"
    case .absent: entry.isBundled ? "not installed" : entry.way
    }
  }
}
