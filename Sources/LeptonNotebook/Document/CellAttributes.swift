import LeptonSyntax

/// What the author asks of a cell, behind the word `lepton` of its fence.
public struct CellAttributes: Sendable, Hashable {
  /// The identifier the author gave.
  public var id: String?
  /// Whether it runs at all.
  public var isEvaluated = true
  /// Whether its outputs are shown.
  public var showsOutput = true
  /// The error it must fail with; `.any` for whichever.
  public var raises: Raises?
  /// Whether it may fail.
  public var allowsError = false
  /// After how many seconds it is stopped.
  public var timeout: Double?
  /// The seed of its chance, where it is not the notebook's.
  public var seed: Int?
  /// Whether its outputs are never compared.
  public var isVolatile = false
  /// How far its numbers may be from what is expected.
  public var tolerance = Tolerance()
  /// Whether what it gives, and what the cells give that it needs, is taken from the last run where it
  /// cannot have changed; nothing where the run decides.
  public var isCached: Bool?
  /// Why it is passed over.
  public var skip: String?
  /// Words by which cells can be chosen.
  public var tags: [String] = []
  /// What it has to do with an exercise.
  public var exercise = ExerciseAttributes()

  /// The error that a cell must fail with.
  public enum Raises: Sendable, Hashable {
    /// Whichever error.
    case any
    /// The error with this code.
    case code(String)
  }

  /// Makes the attributes of a cell that asks for nothing.
  public init() {}

  /// Whether it may fail.
  public var expectsFailure: Bool { raises != nil || allowsError }

  /// Whether mistakes in it wait until it runs: what a check looks for may not be there yet, and that keeps
  /// nothing else from running.
  var defersMistakes: Bool { expectsFailure || exercise.check != nil }
}

extension CellAttributes {
  /// An attribute: its name, what its value must be, and what it does.
  package struct Row: Sendable {
    /// What the author writes.
    package var name: String
    /// What the value must be, in words.
    package var wanted: String
    /// Sets it; false for a value that will not do; nothing for an attribute that does not work yet.
    package var set: (@Sendable (inout CellAttributes, String?) -> Bool)?
  }

  /// Every attribute a cell can have, but for `#id`.
  package static let rows: [Row] =
    [
      Row(name: "eval", wanted: "true or false") { store(flag($1), in: &$0.isEvaluated) },
      Row(name: "output", wanted: "show or hide") {
        store(["show": true, "hide": false][$1 ?? ""], in: &$0.showsOutput)
      },
      Row(name: "raises", wanted: "the code of an error, such as shape/inner") {
        store(raised($1), in: &$0.raises)
      },
      Row(name: "allow-error", wanted: "true or false") { store(flag($1), in: &$0.allowsError) },
      Row(name: "timeout", wanted: "a length of time, such as 60s or 2m") {
        store($1.flatMap(Double.seconds), in: &$0.timeout)
      },
      Row(name: "seed", wanted: "a whole number") { store($1.flatMap { Int($0) }, in: &$0.seed) },
      Row(name: "volatile", wanted: "true or false") { store(flag($1), in: &$0.isVolatile) },
      Row(name: "cache", wanted: "true or false") { store(flag($1), in: &$0.isCached) },
      Row(name: "rtol", wanted: "a number that is not negative") {
        store($1.flatMap(Tolerance.number), in: &$0.tolerance.relative)
      },
      Row(name: "atol", wanted: "a number that is not negative") {
        store($1.flatMap(Tolerance.number), in: &$0.tolerance.absolute)
      },
      Row(name: "skip", wanted: "the reason, in quotes") { store($1, in: &$0.skip) },
      Row(name: "tags", wanted: "words with commas between them") {
        store($1?.split(separator: ",").map(String.init), in: &$0.tags)
      },
    ] + ExerciseAttributes.rows + later.map { Row(name: $0, wanted: "", set: nil) }

  /// Attributes of the format that this version refuses rather than passes over.
  private static let later = [
    "echo", "budget", "only", "for", "match", "cols",
  ]

  /// The names of the attributes that work, for messages.
  static var names: String {
    (["#id"] + rows.filter { $0.set != nil }.map(\.name)).map { "`\($0)`" }.joined(separator: ", ")
  }

  /// Takes the words of a list over.
  ///
  /// - Returns: What is wrong, and with which word.
  package mutating func apply(
    _ words: [AttributeWord], allowing allowed: Set<String>? = nil
  ) -> [(Mistake, AttributeWord)] {
    var seen: Set<String> = []
    return words.compactMap { word in
      let key = word.key.hasPrefix("#") ? "#id" : word.key
      guard seen.insert(key).inserted else { return (.repeatedAttribute(key), word) }
      return apply(word, allowing: allowed).map { ($0, word) }
    }
  }

  private mutating func apply(_ word: AttributeWord, allowing allowed: Set<String>?) -> Mistake? {
    if word.key.hasPrefix("#"), word.value == nil, allowed == nil {
      let name = String(word.key.dropFirst())
      id = name
      return Self.isIdentifier(name) ? nil : .badIdentifier(name)
    }
    guard let row = Self.rows.first(where: { $0.name == word.key }),
      allowed?.contains(row.name) != false
    else {
      let known = Self.rows.map(\.name).filter { allowed?.contains($0) != false }
      return .unknownAttribute(word.key, nearest: Spelling.nearest(to: word.key, in: known))
    }
    guard let set = row.set else { return .laterAttribute(row.name) }
    return set(&self, word.value) ? nil : .attributeValue(row.name, word.value, wanted: row.wanted)
  }

  private static func isIdentifier(_ name: String) -> Bool {
    !name.isEmpty && name.count <= 100
      && name.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
          || "-_.".unicodeScalars.contains($0)
      } && !name.hasPrefix(".")
  }

  private static func flag(_ value: String?) -> Bool? {
    value.map { ["true": true, "false": false][$0] } ?? true
  }

  private static func raised(_ value: String?) -> Raises? {
    guard let value else { return .any }
    return Diagnostic.isCode(value) ? .code(value) : nil
  }

  private static func store<T>(_ value: T?, in target: inout T) -> Bool {
    guard let value else { return false }
    target = value
    return true
  }

  private static func store<T>(_ value: T?, in target: inout T?) -> Bool {
    guard let value else { return false }
    target = .some(value)
    return true
  }
}
