import LeptonFiles
import LeptonSession

/// What the result of each cell depends on, as one text: two cells with the same key give the same.
///
/// The language has no aliasing and chance depends on seed and name alone, so this is all: the engine,
/// the seed, the cell's name and code, and for every name that it reads what gave it: a parameter with
/// its value, or a cell with its own key and what it read from files.
struct CellKeys {
  /// What each cell says by itself.
  private let own: [[String]]
  /// The names that each cell reads, sorted.
  private let reads: [[String]]
  /// The values of the parameters, by name.
  private let parameters: [String: String]
  /// For each cell the cells that give it the names it reads, by name.
  let givers: [[String: Int]]
  /// The names that each cell defines.
  let defines: [[String]]

  /// Takes a notebook whose cells were checked.
  ///
  /// - Parameter engine: What says which interpreter it is, on which machine.
  init(
    _ notebook: Notebook, _ checked: CheckedNotebook, _ binding: ParameterBinding,
    _ options: RunOptions, engine: String
  ) {
    let cells = notebook.cells
    // Only what catches an error can see the line on which it stands.
    let seesLines = cells.contains { $0.code.contains("catch") || $0.code.contains("import") }
    let seed = options.seed ?? notebook.frontMatter.seed ?? 0
    own = cells.map { cell in
      [
        "lepton cell 1", engine, notebook.name, "\(options.isSmokeRun)", checked.ids[cell.index],
        "\(cell.attributes.seed ?? seed)", "\(cell.attributes.defersMistakes)", cell.code,
        seesLines ? "\(cell.line)" : "",
      ]
    }
    reads = checked.checks.map { Set($0?.reads ?? []).sorted() }
    defines = checked.checks.map { $0?.defines ?? [] }
    parameters = Dictionary(
      binding.entries.map { ($0.parameter.name, $0.value.source) }, uniquingKeysWith: { $1 })
    var definers: [String: Int] = [:]
    var givers: [[String: Int]] = []
    for cell in cells {
      givers.append(
        Dictionary(
          reads[cell.index].compactMap { name in definers[name].map { (name, $0) } },
          uniquingKeysWith: { $1 }))
      guard cell.isRunnable else { continue }
      for name in defines[cell.index] { definers[name] = cell.index }
    }
    self.givers = givers
  }

  /// The key of a cell; nothing as long as it is not known what one of its givers gave.
  ///
  /// - Parameter results: What each cell before it gave, as `result` says it.
  func key(of index: Int, results: [Int: String]) -> String? {
    var parts = own[index]
    for name in reads[index] {
      guard let giver = givers[index][name] else {
        parts += [name, parameters[name] ?? ""]
        continue
      }
      guard let result = results[giver] else { return nil }
      parts += [name, result]
    }
    return Self.digest(parts)
  }

  /// The cells whose results are kept: those that ask for it with all that they need, or all; never one
  /// that asks not to be.
  func kept(of notebook: Notebook, all: Bool) -> Set<Int> {
    let cells = notebook.cells
    var wanted = Set(cells.filter { all || $0.attributes.isCached == true }.map(\.index))
    // A cell is given names by cells above it only.
    for index in cells.indices.reversed() where wanted.contains(index) {
      wanted.formUnion(givers[index].values)
    }
    return wanted.filter { cells[$0].attributes.isCached != false }
  }

  /// What a cell gave: its key, with what the files said that it read, if it read some.
  static func result(_ key: String, _ touches: [FileTouch]) -> String {
    guard !touches.isEmpty else { return key }
    let read = Set(touches.filter { !$0.isWritten }.map { "\($0.path) \($0.digest ?? "")" })
    return digest([key] + read.sorted())
  }

  /// The key of what a check finds, which is all that it looks at.
  static func checks(of cells: [Cell], engine: String) -> String {
    digest(
      ["lepton checks 1", engine]
        + cells.flatMap { cell in
          [cell.id, cell.file, cell.text, "\(cell.firstLine)", "\(cell.expectsFailure)"]
        })
  }

  /// One text of several, none of which can be taken for another.
  private static func digest(_ parts: [String]) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.reduce(0) { $0 + $1.utf8.count + 8 })
    for part in parts {
      bytes += "\(part.utf8.count):".utf8
      bytes += part.utf8
    }
    return SHA256.hex(bytes)
  }
}

extension NotebookCell {
  /// Whether a run comes to it at all.
  var isRunnable: Bool { attributes.isEvaluated && attributes.skip == nil }
}
