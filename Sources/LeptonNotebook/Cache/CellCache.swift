import LeptonFiles
import LeptonJSON
import LeptonSession

/// What cells gave in earlier runs, by their keys, and what the check of all of them found.
///
/// Only what a fresh run would give again is kept: nothing of a cell that failed, was stopped or wrote
/// a file. What a file said counts as long as the file says it. Where all is known, a run asks its session nothing.
public final class CellCache {
  /// What a cell gave.
  struct Entry: Codable {
    var outputs: [Output]
    var touches: [FileTouch]
    var seconds: Double
    /// The line of the cell, for verdicts name the lines on which they stand.
    var line: Int
  }

  /// What says which interpreter it is, on which machine.
  let engine: String
  /// Each entry as JSON, which is read when it is needed.
  private var texts: [String: [UInt8]]
  /// The entries that were read.
  private var entries: [String: Entry] = [:]
  private var used: Set<String> = []
  /// Whether something was kept that the file did not say.
  private var hasNews = false

  /// Makes a cache of what `bytes` wrote; of anything else, an empty one.
  public init(reading bytes: [UInt8] = [], engine: String) {
    self.engine = engine
    texts = Self.texts(inFile: bytes)
  }

  /// What a cell gave, if that is known and no file that it read has changed.
  func entry(for key: String) -> Entry? {
    guard let entry = entries[key] ?? readEntry(for: key), entry.touches.allSatisfy(\.isUnchanged)
    else { return nil }
    used.insert(key)
    return entry
  }

  private func readEntry(for key: String) -> Entry? {
    let entry: Entry? = value(for: key)
    entries[key] = entry
    return entry
  }

  /// What the check of cells finds in a session in which nothing has run.
  ///
  /// Cells that import are checked each time, for the text of a file has a part in what is found.
  ///
  /// - Throws: What the session throws.
  func checks(of cells: [Cell], by session: any Session) throws -> [CellCheck] {
    guard !cells.contains(where: { $0.text.contains("import") }) else {
      return try session.check(cells)
    }
    let key = CellKeys.checks(of: cells, engine: engine)
    if let known: [CellCheck] = value(for: key), known.count == cells.count {
      used.insert(key)
      return known
    }
    let checks = try session.check(cells)
    keep(checks, for: key)
    return checks
  }

  /// Keeps what a cell gave, if a fresh run would give it again.
  func keep(_ outcome: CellOutcome, _ touches: [FileTouch], for key: String) {
    if texts.removeValue(forKey: key) != nil { hasNews = true }
    entries[key] = nil
    let failed = outcome.outputs.contains { if case .failure = $0 { true } else { false } }
    guard outcome.status == .passed, !failed, !outcome.isUnsteady,
      !touches.contains(where: \.isWritten)
    else { return }
    let entry = Entry(
      outputs: outcome.outputs, touches: Array(Set(touches)).sorted { $0.path < $1.path },
      seconds: outcome.seconds, line: outcome.cell.line)
    keep(entry, for: key)
  }

  private func value<Value: Decodable>(for key: String) -> Value? {
    guard let text = texts[key], let json = try? JSON(parsing: text) else { return nil }
    return try? Value(decoding: json)
  }

  private func keep(_ value: some Encodable, for key: String) {
    guard let json = try? JSON(encoding: value), let bytes = try? json.bytes() else { return }
    texts[key] = bytes
    used.insert(key)
    hasNews = true
  }

  /// Whether its file would say something else than the one that was read.
  public var isChanged: Bool { hasNews || used.count != texts.count }

  /// The cache as a file; what the last run had no use for is left out.
  public func bytes() -> [UInt8] {
    Self.file(of: texts.filter { used.contains($0.key) })
  }
}

extension CellCache.Entry {
  /// What became of the cell, as it stands now.
  func outcome(of cell: NotebookCell, id: String) -> CellOutcome {
    let shift = cell.line &- line
    var outcome = CellOutcome(cell: cell, id: id, status: .passed)
    outcome.seconds = seconds
    outcome.isCached = true
    outcome.outputs = outputs.map { output in
      guard case .verdict(var verdict) = output else { return output }
      verdict.line &+= shift
      return .verdict(verdict)
    }
    return outcome
  }
}

extension FileTouch {
  /// Whether the file says what it said, or still cannot be read.
  var isUnchanged: Bool {
    let bytes = try? FileBroker(readable: [path]).read(path)
    return bytes.map(SHA256.hex) == digest
  }
}
