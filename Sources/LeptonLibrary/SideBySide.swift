import LeptonRuntime

/// Sequences that a loop goes through together: what stands at one position is put together when the
/// loop gets there, so that nothing is as long as they are.
final class SideBySide: Object, Bridged {
  static var typeName: String { "list" }

  private let sequences: [Value]
  private let length: Int

  /// Puts sequences next to each other; they end with the shortest.
  ///
  /// - Throws: `type/sequence` if one of them cannot be gone through.
  init(_ values: [Value]) throws {
    sequences = try values.map(Iteration.sequence)
    length = sequences.map(Iteration.count).min() ?? 0
  }

  /// Puts a sequence behind its numbers from a first one on.
  ///
  /// - Throws: `number/overflow` if the numbers do not fit.
  convenience init(numbering values: Value, from start: Int) throws {
    let sequence = try Iteration.sequence(of: values)
    let (end, overflow) = start.addingReportingOverflow(Iteration.count(of: sequence))
    guard !overflow else {
      throw LanguageError("number/overflow", "the numbers do not fit an int")
    }
    try self.init([.object(IntegerRange(from: start, to: end)), sequence])
  }

  var source: String { Value.list((try? elements) ?? []).source }

  private var elements: [Value] {
    get throws { try (0..<length).compactMap(element) }
  }

  var count: Int? { length }

  func element(at position: Int) throws -> Value? {
    guard (0..<length).contains(position) else { return nil }
    return .list(try sequences.map { try Iteration.element(at: position, of: $0) ?? .nothing })
  }
}
