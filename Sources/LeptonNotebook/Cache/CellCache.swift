import LeptonFiles
import LeptonJSON
import LeptonSession

/// What cells gave in earlier runs, by their keys.
///
/// Only what a fresh run would give again is kept: nothing of a cell that failed, was stopped or wrote
/// a file. What a file said counts as long as the file says it.
public final class CellCache {
  /// What a cell gave.
  struct Entry: Codable {
    var outputs: [Output]
    var touches: [FileTouch]
    var seconds: Double
    /// The line of the cell, for verdicts name the lines on which they stand.
    var line: Int
  }

  private static let format = "lepton cache 1"

  /// What says which interpreter it is, on which machine.
  let engine: String
  /// Each entry as JSON, which is read when it is needed.
  private var texts: [String: String] = [:]
  /// The entries that were read.
  private var entries: [String: Entry] = [:]
  private var used: Set<String> = []
  /// Whether something was kept that the file did not say.
  private var hasNews = false

  /// Makes a cache of what `bytes` wrote; of anything else, an empty one.
  public init(reading bytes: [UInt8] = [], engine: String) {
    self.engine = engine
    guard let json = try? JSON(parsing: bytes), json["format"]?.stringValue == Self.format else {
      return
    }
    for member in json["cells"]?.members ?? [] {
      guard let text = member.value["text"]?.stringValue,
        member.value["digest"]?.stringValue == Self.digest(member.key, text)
      else { continue }
      texts[member.key] = text
    }
  }

  /// What a cell gave, if that is known and no file that it read has changed.
  func entry(for key: String) -> Entry? {
    guard let entry = entries[key] ?? readEntry(for: key), entry.touches.allSatisfy(\.isUnchanged)
    else { return nil }
    used.insert(key)
    return entry
  }

  private func readEntry(for key: String) -> Entry? {
    guard let text = texts[key], let json = try? JSON(parsing: text),
      let entry = try? Entry(decoding: json)
    else { return nil }
    entries[key] = entry
    return entry
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
    guard let json = try? JSON(encoding: entry), let bytes = try? json.bytes() else { return }
    texts[key] = String(decoding: bytes, as: UTF8.self)
    used.insert(key)
    hasNews = true
  }

  /// Whether its file would say something else than the one that was read.
  public var isChanged: Bool { hasNews || used.count != texts.count }

  /// The cache as a file; what the last run had no use for is left out.
  public func bytes() throws(JSONError) -> [UInt8] {
    let cells = texts.filter { used.contains($0.key) }.sorted { $0.key < $1.key }.map { key, text in
      JSON.Member(key, ["digest": .string(Self.digest(key, text)), "text": .string(text)])
    }
    return try (["format": .string(Self.format), "cells": .object(cells)] as JSON).bytes()
  }

  private static func digest(_ key: String, _ text: String) -> String {
    SHA256.hex(Array(key.utf8) + Array(text.utf8))
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
