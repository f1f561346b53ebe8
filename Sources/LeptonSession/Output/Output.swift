/// What evaluation gives to be shown: data, not ink, with numbers in full precision and nothing alive in it.
///
/// The worker emits these, `LeptonSession` carries them over the process boundary, `LeptonNotebook`
/// compares them with expectations, and each renderer of `LeptonDisplay` draws them in one file.
public enum Output: Sendable, Hashable, Codable {
  /// Text that a program printed, without a line end.
  case text(String)
  /// The value of an expression that has no richer form.
  case value(ValueText)
  /// The value of an expression that is a tensor.
  case tensor(TensorValue)
  /// Rows and columns.
  case table(Table)
  /// Curves, points or bars over two axes.
  case chart(Chart)
  /// A matrix of numbers, shown as colours.
  case heatmap(Heatmap)
  /// The layers of a model, as boxes.
  case diagram(Diagram)
  /// Pictures in rows, each with a caption.
  case images(ImageGrid)
  /// Something went wrong.
  case failure(Failure)
  /// One line that tells what the engine did, and is no result: "training stopped early".
  case notice(String)
  /// How long something took, in seconds.
  case elapsed(seconds: Double)
  /// `record name = value`.
  case record(Metric)
  /// `expect condition`.
  case verdict(Verdict)
  /// Something that only the prompt can do.
  case wish(Wish)
}

extension Output {
  /// The output without what differs from run to run because it tells how long something took; nothing
  /// if it tells nothing else.
  public var withoutTimings: Output? {
    switch self {
    case .elapsed: return nil
    case .table(let table):
      let kept = table.withoutTimings
      return kept.columns.isEmpty && !table.columns.isEmpty ? nil : .table(kept)
    default: return self
    }
  }
}

/// The printed form of a value.
public struct ValueText: Sendable, Hashable, Codable {
  /// How many columns the lines of a value have that is fitted to the page; who shows it on a wider or
  /// narrower one lays it out anew.
  public static let pageWidth = 80

  /// The Lepton that makes the value, fitted to the page.
  public var text: String
  /// What kind of value it is: `int`, `float`, `string`, `list`, `model`.
  public var type: String

  /// Makes the printed form of a value.
  public init(_ text: String, type: String) {
    self.text = text
    self.type = type
  }
}

/// A named result for the report.
public struct Metric: Sendable, Hashable, Codable {
  /// The name.
  public var name: String
  /// The number; a boolean is 0 or 1.
  public var value: Double
  /// Whether the number was an integer.
  public var isInteger: Bool

  /// Makes a named result.
  public init(name: String, value: Double, isInteger: Bool) {
    self.name = name
    self.value = value
    self.isInteger = isInteger
  }
}

/// The outcome of an `expect` in code.
public struct Verdict: Sendable, Hashable, Codable {
  /// Whether the condition held.
  public var holds: Bool
  /// The condition as it was written.
  public var condition: String
  /// The operands as they were, for a condition that did not hold: `acc` → `0.95`.
  public var operands: [Operand]
  /// The message the author gave, or nothing.
  public var message: String
  /// The line of the file on which it stands.
  public var line: Int

  /// Makes a verdict.
  public init(holds: Bool, condition: String, operands: [Operand], message: String = "", line: Int)
  {
    self.holds = holds
    self.condition = condition
    self.operands = operands
    self.message = message
    self.line = line
  }

  /// An operand of a condition.
  public struct Operand: Sendable, Hashable, Codable {
    /// The operand as it was written.
    public var source: String
    /// The value it had.
    public var value: String

    /// Makes an operand.
    public init(source: String, value: String) {
      self.source = source
      self.value = value
    }
  }
}
