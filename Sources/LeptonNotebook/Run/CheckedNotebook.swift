import LeptonSession

/// A notebook whose cells were checked as a whole: they have names, and what they read is known.
struct CheckedNotebook {
  /// What the check found of each cell; nothing for one that is never run.
  private(set) var checks: [CellCheck?]
  /// What each cell is called.
  private(set) var ids: [String]
  /// What is wrong with the parameters.
  private(set) var failures: [Failure] = []

  /// Checks the cells of a notebook.
  ///
  /// - Parameters:
  ///   - known: What earlier checks found.
  ///   - isBeforeRun: Whether a run follows, in which the mistakes of some cells wait.
  init(
    _ notebook: Notebook, _ binding: ParameterBinding, by session: any Session,
    known: CellCache? = nil, isBeforeRun: Bool = true
  ) throws {
    let cells = notebook.cells
    let checked = cells.filter(\.attributes.isEvaluated)
    let prelude = binding.cell(in: notebook).map { [$0] } ?? []
    let sessionCells = checked.map {
      $0.sessionCell(
        id: $0.provisionalID, file: notebook.name, seed: 0, defersMistakes: $0.defers(isBeforeRun))
    }
    let all = prelude + sessionCells
    let results = try known?.checks(of: all, by: session) ?? session.check(all)
    failures = results.prefix(prelude.count).flatMap(\.failures)
    checks = Array(repeating: nil, count: cells.count)
    for (cell, check) in zip(checked, results.dropFirst(prelude.count)) {
      checks[cell.index] = check
      // Its mistakes wait until it runs.
      if cell.defers(isBeforeRun) {
        checks[cell.index]?.failures = []
        checks[cell.index]?.foreseen = []
      }
    }
    ids = Self.names(of: cells, checks)
    refuseAssignedParameters(binding, cells, file: notebook.name)
  }

  /// Whether every cell may run.
  var holds: Bool {
    checks.allSatisfy { $0?.holds != false } && !failures.contains { $0.severity == .error }
  }

  /// Names each cell: as its author does, else after the first name it defines, else by its place.
  private static func names(of cells: [NotebookCell], _ checks: [CellCheck?]) -> [String] {
    var taken = Set(cells.compactMap(\.attributes.id))
    return cells.map { cell in
      if let id = cell.attributes.id { return id }
      let name = checks[cell.index]?.defines.first ?? cell.provisionalID
      var id = name
      var ordinal = 2
      while !taken.insert(id).inserted {
        id = "\(name)-\(ordinal)"
        ordinal += 1
      }
      return id
    }
  }

  private mutating func refuseAssignedParameters(
    _ binding: ParameterBinding, _ cells: [NotebookCell], file: String
  ) {
    let names = Set(binding.entries.map(\.parameter.name))
    for cell in cells {
      for name in checks[cell.index]?.defines ?? [] where names.contains(name) {
        let line = cell.text.prefix { $0 != "\n" }
        let place = Failure.Place(file: file, line: cell.line, text: line)
        checks[cell.index]?.failures.append(Mistake.assignedParameter(name).failure(at: place))
      }
    }
  }
}

extension NotebookCell {
  /// Whether its mistakes wait, in a check before a run or by itself.
  fileprivate func defers(_ isBeforeRun: Bool) -> Bool {
    isBeforeRun ? attributes.defersMistakes : attributes.expectsFailure
  }

  /// The cell as a session runs it.
  func sessionCell(id: String, file: String, seed: Int) -> Cell {
    sessionCell(id: id, file: file, seed: seed, defersMistakes: attributes.defersMistakes)
  }

  fileprivate func sessionCell(
    id: String, file: String, seed: Int, defersMistakes: Bool
  ) -> Cell {
    Cell(
      id: id, file: file, text: code, firstLine: line + 1, seed: attributes.seed ?? seed,
      expectsFailure: defersMistakes)
  }
}

extension ParameterBinding {
  /// The cell that defines the parameters; nothing where there are none.
  func cell(in notebook: Notebook) -> Cell? {
    guard let first = entries.first else { return nil }
    return Cell(
      id: "parameters", file: notebook.name, text: source, firstLine: first.parameter.line)
  }
}
