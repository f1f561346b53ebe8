import LeptonSyntax

/// Checks parsed cells as a whole, before anything runs, and finds which names each reads and defines.
///
/// It reports names that nobody defines or that are read before they are assigned, calls that do not
/// fit the heading of what is called, literals of a type that an argument cannot have, statements in
/// the wrong place, and, as warnings, results that go nowhere and words of the library that a cell
/// hides. Apart from these stand shapes and types that cannot be, as far as `Foresight` sees. It never
/// reports what might be right: a name that is assigned on one path only, a field or a dot call of
/// anything but a module, and a function that is bound more than once are left to the run.
public struct Checker {
  /// What a check of a cell found.
  public struct Finding: Sendable, Hashable {
    /// The mistakes of the parser and of the check, in the order of their places.
    public var diagnostics: [Diagnostic]
    /// What the run will meet, in the order of the places.
    public var foreseen: [Diagnostic] = []
    /// The names that the cell reads and another cell may define, in order.
    public var reads: [String]
    /// The names that the cell defines, in order.
    public var defines: [String]
  }

  private let words: any KnownWords
  private let known: Set<String>
  /// What words can reach while shapes are looked at; nothing where they are not.
  private let context: Context?

  /// Makes a checker over the words of a library and the names that have values already.
  public init(words: any KnownWords, known: Set<String> = []) {
    self.init(words: words, known: known, context: nil)
  }

  /// Makes a checker that looks at shapes, too.
  init(words: any KnownWords, known: Set<String>, context: Context?) {
    self.words = words
    self.known = known
    self.context = context
  }

  /// Checks cells in the order in which they run.
  public func check(_ cells: [ParsedSource]) -> [Finding] {
    let notebook = CheckedNotebook(words: words, known: known, cells: cells, context: context)
    let foresight = context.map { Foresight(notebook, context: $0) }
    return cells.indices.map { index in
      var finding = CellWalk(notebook, cell: index).run()
      let told = Set(finding.diagnostics.map(\.span))
      let foreseen = (foresight?.go(over: cells[index]) ?? []).filter { !told.contains($0.span) }
      finding.foreseen = (finding.foreseen + foreseen).inOrderOfPlaces
      return finding
    }
  }
}
