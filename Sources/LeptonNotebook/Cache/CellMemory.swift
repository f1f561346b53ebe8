import LeptonSession

/// What a session holds of earlier runs, and what is known of all of them.
public final class CellMemory {
  /// What cells gave.
  public let cache: CellCache
  /// Whether all cells count that do not say otherwise, and not only those that ask for it.
  fileprivate let takesAll: Bool
  /// For each name in the session what the cell gave that it is from.
  fileprivate(set) var live: [String: String] = [:]
  /// Every name that the session may hold.
  private var held: Set<String> = []
  /// What each file said that a cell read, when it was read last.
  private var reads: [String: FileTouch] = [:]
  /// The files that a cell wrote.
  private var written: Set<String> = []
  /// Whether a cell failed, so that it is not known which of its names the session holds.
  private var isTainted = false

  /// Makes the memory of a session in which nothing has run yet.
  public init(_ cache: CellCache, takesAll: Bool = true) {
    self.cache = cache
    self.takesAll = takesAll
  }

  /// Whether a session in which earlier versions of a notebook ran is as good as a new one.
  ///
  /// It is if nothing failed there and it holds no names but those that the notebook defines; a name
  /// whose definition is gone would otherwise still be known.
  public func suits(_ notebook: Notebook, _ session: any Session) -> Bool {
    let cells = notebook.cells.filter(\.isRunnable)
    guard !held.isEmpty || isTainted else { return true }
    guard !isTainted, !cells.contains(where: \.attributes.defersMistakes),
      let checks = try? session.check(
        cells.map { $0.sessionCell(id: $0.provisionalID, file: notebook.name, seed: 0) })
    else { return false }
    var defined: Set<String> = []
    for check in checks {
      // A name that is read above its definition would have the value of an earlier run.
      guard held.intersection(check.reads).isSubset(of: defined) else { return false }
      defined.formUnion(check.defines)
    }
    return held.isSubset(of: defined)
  }

  /// What is known of the check of cells, which in a session that holds names is another one.
  var knownChecks: CellCache? { held.isEmpty && !isTainted ? cache : nil }

  /// Every file that a cell read.
  public var files: some Sequence<String> { reads.keys }

  /// Whether a file says something else than when a cell read it, and no cell wrote it.
  public var isOutdated: Bool {
    reads.values.contains { !written.contains($0.path) && !$0.isUnchanged }
  }

  /// Notes what a cell touched.
  fileprivate func note(_ touches: [FileTouch]) {
    for touch in touches {
      if touch.isWritten { written.insert(touch.path) } else { reads[touch.path] = touch }
    }
  }

  /// Notes what a cell gave that has run.
  fileprivate func note(
    _ outcome: CellOutcome, _ touches: [FileTouch], _ names: [String], _ result: String?
  ) {
    note(touches)
    let failed = outcome.outputs.contains { if case .failure = $0 { true } else { false } }
    if outcome.status != .passed || failed { isTainted = true }
    held.formUnion(names)
    for name in names { live[name] = outcome.status == .passed ? result : nil }
  }
}

/// Knows in a run which cells need not be run, because what they give is known and nobody needs their
/// values.
final class CachedRun {
  private let memory: CellMemory
  private let keys: CellKeys
  /// The cells that are run although it may be known what they give, or because it is not.
  private var toRun: Set<Int>
  /// The cells whose results are kept.
  private let kept: Set<Int>
  /// The keys of the cells that were known before the run.
  private var planned: [Int: (key: String, result: String)] = [:]
  /// What each cell gave so far.
  private var results: [Int: String] = [:]

  init(
    _ memory: CellMemory, _ notebook: Notebook, _ checked: CheckedNotebook,
    _ binding: ParameterBinding, _ options: RunOptions
  ) {
    self.memory = memory
    keys = CellKeys(notebook, checked, binding, options, engine: memory.cache.engine)
    let cells = notebook.cells.filter(\.isRunnable).map(\.index)
    kept = keys.kept(of: notebook, all: memory.takesAll)
    for index in cells where kept.contains(index) {
      guard let key = keys.key(of: index, results: results),
        let entry = memory.cache.entry(for: key)
      else { continue }
      let result = CellKeys.result(key, entry.touches)
      planned[index] = (key, result)
      results[index] = result
    }
    toRun = Set(cells).subtracting(planned.keys)
    while let needed = cells.last(where: { !toRun.contains($0) && isNeeded($0, results[$0]) }) {
      toRun.insert(needed)
    }
    results = [:]
  }

  /// Whether a cell that will be run reads a name of this one that the session will not hold.
  private func isNeeded(_ index: Int, _ result: String?) -> Bool {
    toRun.contains { reader in
      keys.givers[reader].contains { name, giver in
        giver == index
          && (memory.live[name] != result
            || toRun.contains { $0 < reader && keys.defines[$0].contains(name) })
      }
    }
  }

  /// What a cell gives, if it need not be run; files are looked at once more.
  func entry(for index: Int) -> CellCache.Entry? {
    guard !toRun.contains(index), let key = key(of: index), let entry = memory.cache.entry(for: key)
    else { return nil }
    results[index] = CellKeys.result(key, entry.touches)
    memory.note(entry.touches)
    return entry
  }

  /// The key of a cell, which is the planned one where all that it needs is as it was planned.
  private func key(of index: Int) -> String? {
    if let plan = planned[index],
      keys.givers[index].values.allSatisfy({ results[$0] == planned[$0]?.result })
    {
      return plan.key
    }
    return keys.key(of: index, results: results)
  }

  /// The cells that must be run, in order, before a cell finds its values in the session.
  ///
  /// There are some where a file changed while the notebook ran, or where a name has several givers in
  /// a session that lives on.
  func missing(for index: Int) -> [Int] {
    var missing: [Int] = []
    func collect(_ index: Int) {
      for (name, giver) in keys.givers[index].sorted(by: { $0.value < $1.value })
      where memory.live[name] == nil || memory.live[name] != results[giver] {
        guard !missing.contains(giver) else { continue }
        collect(giver)
        missing.append(giver)
      }
    }
    collect(index)
    return missing
  }

  /// Notes that a cell has run.
  func note(_ outcome: CellOutcome, touches: [FileTouch]) {
    let index = outcome.cell.index
    let key = key(of: index)
    results[index] = key.map { CellKeys.result($0, touches) }
    memory.note(outcome, touches, keys.defines[index], results[index])
    if let key, kept.contains(index) { memory.cache.keep(outcome, touches, for: key) }
  }
}
