import LeptonRuntime

/// Sequences that a loop goes through together: what stands at one position is put together when the
/// loop gets there, so that nothing is as long as they are.
final class SideBySide: Object, Bridged {
  static var typeName: String { "list" }

  private let sequences: [Value]
  private let length: Int
  /// The number that stands before the first elements, if their positions are counted.
  private let start: Int?

  /// Puts sequences next to each other; they end with the shortest.
  ///
  /// - Throws: `type/sequence` if one of them cannot be gone through.
  init(_ values: [Value]) throws {
    sequences = try values.map(Iteration.sequence)
    length = sequences.map(Iteration.count).min() ?? 0
    start = nil
  }

  /// Puts a sequence behind its numbers from a first one on.
  ///
  /// - Throws: `number/overflow` if the numbers do not fit.
  init(numbering values: Value, from start: Int) throws {
    sequences = [try Iteration.sequence(of: values)]
    length = Iteration.count(of: sequences[0])
    self.start = start
    guard !start.addingReportingOverflow(max(length - 1, 0)).overflow else {
      throw LanguageError("number/overflow", "the numbers do not fit an int")
    }
  }

  var source: String { Value.list((try? elements) ?? []).source }

  private var elements: [Value] {
    get throws { try (0..<length).compactMap(element) }
  }

  var count: Int? { length }

  func element(at position: Int) throws -> Value? {
    guard (0..<length).contains(position) else { return nil }
    let elements = try sequences.map { try Iteration.element(at: position, of: $0) ?? .nothing }
    return .list((start.map { [.int($0 + position)] } ?? []) + elements)
  }
}
