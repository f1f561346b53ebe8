import LeptonSession

/// A notebook that was checked, as somebody runs it cell by cell in a session of their own.
///
/// Its cells have the names and seeds that they have in a run, so that they give what a run gives.
public struct PreparedNotebook {
  /// The cell that defines the parameters; nothing where there are none.
  public let parameters: Cell?
  private let notebook: Notebook
  private let checked: CheckedNotebook
  private let seed: Int

  /// Checks a notebook.
  ///
  /// - Parameter seed: The seed of its chance, where the notebook does not say.
  /// - Throws: `SessionError` if the worker is gone.
  public init(
    _ notebook: Notebook, _ binding: ParameterBinding, seed: Int, by session: any Session
  ) throws {
    self.notebook = notebook
    self.seed = notebook.frontMatter.seed ?? seed
    parameters = binding.cell(in: notebook)
    checked = try CheckedNotebook(notebook, binding, by: session)
  }

  /// What is wrong with it, before anything runs.
  public var failures: [Failure] {
    checked.failures + checked.checks.flatMap { $0?.failures ?? [] }
  }

  /// Whether it may run.
  public var holds: Bool { checked.holds }

  /// The cells that are run, in order.
  public var cells: [Cell] {
    (parameters.map { [$0] } ?? []) + notebook.cells.filter(\.isRunnable).map(cell)
  }

  /// A cell as a session runs it.
  public func cell(_ cell: NotebookCell) -> Cell {
    cell.sessionCell(id: checked.ids[cell.index], file: notebook.name, seed: seed)
  }

  /// The names that a cell reads.
  public func reads(of cell: NotebookCell) -> [String] { checked.checks[cell.index]?.reads ?? [] }

  /// The names that a cell defines.
  public func defines(of cell: NotebookCell) -> [String] {
    checked.checks[cell.index]?.defines ?? []
  }
}
