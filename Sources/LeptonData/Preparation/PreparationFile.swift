import LeptonFiles
import LeptonJSON

// What a preparation learned, as it stands in a file: its steps as Lepton, which whoever reads it makes
// steps of, and beside each the numbers and texts it learned.

extension FittedPreparation {
  /// The preparation as a text; nothing if a function stands in it, which no file may bring.
  public var text: String? {
    var steps: [JSON] = []
    for stage in stages {
      guard case .step(let step) = stage else { return nil }
      steps.append(
        [
          "step": .string(step.step.source), "columns": .array(step.columns.map(JSON.string)),
          "learned": .array(step.learned.map(\.json)),
        ])
    }
    let shape = exampleShape.map { JSON.array($0.map(JSON.int)) } ?? .null
    let json = JSON.object([
      .init("inputs", .array(inputs.map(JSON.string))), .init("shape", shape),
      .init("steps", .array(steps)),
    ])
    return try? json.text()
  }

  fileprivate static func damaged(_ name: String) -> FileError {
    FileError(
      code: "file/damaged", message: "what \(name) says about preparing its inputs is damaged")
  }

  /// Reads a preparation from a text; `step` makes a step of its Lepton.
  ///
  /// - Throws: `FileError` with code `file/damaged` if it is none; what `step` throws.
  public init(
    parsing text: String, name: String, step: (String) throws -> PreparationStep
  ) throws {
    let damaged = FittedPreparation.damaged(name)
    guard let json = try? JSON(parsing: text), let inputs = json["inputs"]?.texts,
      let steps = json["steps"]?.arrayValue
    else { throw damaged }
    let stages = try steps.map { entry -> Stage in
      guard let source = entry["step"]?.stringValue, let columns = entry["columns"]?.texts,
        let learned = entry["learned"]?.arrayValue?.map(Learned.init(json:)),
        learned.count == columns.count
      else { throw damaged }
      let step = try step(source)
      let known = learned.compactMap(\.self)
      guard known.count == columns.count, step.way.accepts(known) else { throw damaged }
      return .step(FittedStep(step: step, columns: columns, learned: known))
    }
    let shape = json["shape"]?.arrayValue?.compactMap(\.intValue)
    guard shape?.allSatisfy({ $0 > 0 }) ?? true else { throw damaged }
    self.init(inputs: inputs, stages: stages, exampleShape: shape)
  }
}

/// What prepares one of several inputs, and its name; nothing prepares one that goes in as it is.
public struct NamedPreparation {
  /// The name of the input.
  public let name: String
  /// What prepares it.
  public let preparation: FittedPreparation?

  /// Names a preparation.
  public init(_ name: String, _ preparation: FittedPreparation?) {
    self.name = name
    self.preparation = preparation
  }
}

extension [NamedPreparation] {
  /// The preparations as a text; nothing if a function stands in one, which no file may bring.
  public var text: String? {
    var parts: [JSON] = []
    for part in self {
      let text = part.preparation?.text
      guard part.preparation == nil || text != nil else { return nil }
      parts.append(["input": .string(part.name), "preparation": text.map(JSON.string) ?? .null])
    }
    return try? JSON.array(parts).text()
  }

  /// Reads preparations from a text; nothing if it holds one for a single input.
  ///
  /// - Throws: as a preparation does.
  public init?(parsing text: String, name: String, step: (String) throws -> PreparationStep) throws
  {
    guard let entries = (try? JSON(parsing: text))?.arrayValue else { return nil }
    self = try entries.map { entry in
      guard let input = entry["input"]?.stringValue, let known = entry["preparation"] else {
        throw FittedPreparation.damaged(name)
      }
      let preparation = try known.stringValue.map {
        try FittedPreparation(parsing: $0, name: name, step: step)
      }
      return NamedPreparation(input, preparation)
    }
  }
}

extension Learned {
  /// A number that is none is `null`, an infinite one a text.
  fileprivate var json: JSON {
    [
      "numbers": .array(
        numbers.map { $0.isNaN ? .null : $0.isFinite ? .double($0) : .string("\($0)") }),
      "texts": .array(texts.map(JSON.string)),
    ]
  }

  fileprivate init?(json: JSON) {
    guard let numbers = json["numbers"]?.arrayValue, let texts = json["texts"]?.texts else {
      return nil
    }
    let read = numbers.map { number -> Double? in
      switch number {
      case .null: .nan
      case .string(let text): Double(text)
      default: number.doubleValue
      }
    }
    guard read.allSatisfy({ $0 != nil }) else { return nil }
    self.init(numbers: read.compactMap(\.self), texts: texts)
  }
}

extension JSON {
  /// The texts, where this is an array of nothing else.
  fileprivate var texts: [String]? {
    guard let texts = arrayValue?.map(\.stringValue), texts.allSatisfy({ $0 != nil }) else {
      return nil
    }
    return texts.compactMap(\.self)
  }
}
